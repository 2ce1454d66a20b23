"""What pinboards were: who changed what, and the way back."""
