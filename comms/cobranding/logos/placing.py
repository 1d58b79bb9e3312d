"""The place that is kept for a logo: how large it may be, and how much stays empty around it (R93)."""

#: Part of the height of a logo that stays empty at every side.
CLEAR_SPACE = 0.25


def fitted(width: float, height: float, most_width: float, most_height: float) -> tuple[float, float]:
    """Return the largest size in a place, in the unit of the place; proportions stay as they are."""
    scale = min(most_width / width, most_height / height)
    return width * scale, height * scale


def clear_space(height: float) -> float:
    """Return what stays empty around a logo of a height, in the unit of the height."""
    return height * CLEAR_SPACE


def inside(most_width: float, most_height: float, width: float, height: float) -> tuple[float, float]:
    """Return the size of a logo in a place that also holds its clear space."""
    scale = min(most_height / (height * (1 + 2 * CLEAR_SPACE)), most_width / (width + 2 * CLEAR_SPACE * height))
    return width * scale, height * scale
