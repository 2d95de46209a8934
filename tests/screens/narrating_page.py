"""A page with nothing on it but the words beside one figure: run by test_narrating_parts.py."""

from __future__ import annotations

import streamlit as st

from dataset.quarter import Quarter
from pages.parts.choosing import pick_as_at
from pages.parts.held import view
from pages.parts.narrating import thread, write_form
from safeguarding_metrics.indicators import indicator_named

seen = view(pick_as_at())
indicator = indicator_named(st.query_params["indicator"])
quarter = Quarter.parse(st.query_params["quarter"])
thread(seen, indicator, quarter)
write_form(seen, indicator, quarter)
