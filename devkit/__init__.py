"""What stands behind ./dev: fetch Odoo, build, serve, test, measure.

Only the standard library is imported here, because this code runs before
anything is installed; the modules of ``devkit.inside`` are the exception: they
run with the Python of the virtual environment.
"""
