"""What an accreditor would object to: small pure rules, each resting on a dated clause of its maker."""

from scorm_packager.activity.accreditation.facts import Facts, gathered
from scorm_packager.activity.accreditation.judge import object_to

__all__ = ["Facts", "gathered", "object_to"]
