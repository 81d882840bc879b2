"""How people say it: numbers, times, amounts, phones, trades. One small module each; every reader
takes what it understands from a `Slate` and leaves the rest for the note."""
