"""From a package's opening to a learner, a registration and a token, and what learners say of themselves."""
