"""What all doors with addresses share: who asks, guards, forms, errors, headers, templates."""
