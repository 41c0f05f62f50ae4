"""The shelf of saved questions and its reader; knows no database."""
