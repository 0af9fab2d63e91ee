"""Tables taken out of the house: ordered, consented to, made, kept for a while, handed out."""
