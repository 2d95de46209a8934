"""What is measured from the returns, and how good is good: indicators, plans, judgement."""
