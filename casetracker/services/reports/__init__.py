"""The reports of the street: the year's paragraph and the 通报 of a month, a week or a day."""
