"""One question of each kind, as the table that authors begin with shows them."""

from __future__ import annotations

from collections.abc import Mapping

SAMPLES: tuple[Mapping[str, str], ...] = (
    {
        "id": "first-line",
        "kind": "choice",
        "vignette": "A 34-year-old woman has sudden generalized urticaria, wheeze and hypotension after a bee sting.",
        "stem": "Which drug do you give first?",
        "a": "Chlorphenamine intravenously",
        "b": "Epinephrine intramuscularly",
        "c": "Hydrocortisone intravenously",
        "d": "Salbutamol by nebulizer",
        "answer": "b",
        "rationale": "Intramuscular epinephrine is the first-line treatment of anaphylaxis; the others are given after it, if at all.",
    },
    {
        "id": "quick-sofa",
        "kind": "multiple",
        "stem": "Which of these belong to the quick SOFA score?",
        "a": "Respiratory rate of 22/min or more",
        "b": "Altered mentation",
        "c": "Temperature above 38 °C",
        "d": "Systolic blood pressure of 100 mmHg or less",
        "answer": "a, b, d",
        "rationale": "Temperature belongs to the SIRS criteria.",
    },
    {
        "id": "gloves",
        "kind": "true-false",
        "stem": "Gloves make it unnecessary to clean the hands afterwards.",
        "answer": "false",
        "rationale": "Gloves can leak, and hands are contaminated as they are taken off.",
    },
    {
        "id": "antidotes",
        "kind": "matching",
        "stem": "Match each drug with the agent that reverses it.",
        "a": "Dabigatran => Idarucizumab",
        "b": "Heparin => Protamine",
        "c": "Warfarin => Vitamin K",
        "rationale": "Idarucizumab binds dabigatran, protamine binds heparin, and vitamin K restores what warfarin keeps from being made.",
    },
    {
        "id": "chain-of-survival",
        "kind": "ordering",
        "stem": "Put the links of the chain of survival in order.",
        "a": "Recognize the arrest and call for help",
        "b": "Start chest compressions",
        "c": "Defibrillate",
        "d": "Post-resuscitation care",
        "rationale": "Compressions buy time until a defibrillator is there; care goes on after circulation has returned.",
    },
    {
        "id": "mean-pressure",
        "kind": "numeric",
        "vignette": "The blood pressure is 120/60 mmHg.",
        "stem": "What is the mean arterial pressure, estimated as the diastolic pressure plus a third of the pulse pressure?",
        "answer": "79..81",
        "unit": "mmHg",
        "rationale": "60 + (120 − 60) / 3 = 80 mmHg.",
    },
)
