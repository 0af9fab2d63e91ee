"""What the office keeps by itself: organisation, rules, texts, working calendar, audit."""
