"""Tools that look at the project itself: they count the house and draw it; nothing here ships."""
