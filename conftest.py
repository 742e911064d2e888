"""Rules for every test of the project (see ``devkit.policy``)."""

pytest_plugins = ["devkit.policy"]
