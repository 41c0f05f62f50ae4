"""`python -m graphintel` is the command."""

from graphintel.cli import main

main()
