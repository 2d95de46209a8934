"""What a meeting saw: frozen as a record, compared with what is known later, written as papers."""
