"""Who may do what: roles, accounts, sessions, the gate in front of the application, the audit trail."""
