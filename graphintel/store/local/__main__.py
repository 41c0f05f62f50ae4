"""`python -m graphintel.store.local`: the supervisor's process."""

from __future__ import annotations

import sys

from graphintel.store.local.supervisor import main

sys.exit(main())
