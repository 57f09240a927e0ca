"""Heights worked by hand, minima, and every gradient against the numerical one."""

import numpy as np
import pytest

from dlbasics.gradcheck import numerical_gradient
from dlbasics.surfaces import beale, quadratic, rosenbrock, saddle

SURFACES = {
    "quadratic": quadratic([1, 100]),
    "turned": quadratic([1, 100], np.pi / 4),
    "saddle-shaped": quadratic([1, -2], 0.3),
    "rosenbrock": rosenbrock(),
    "beale": beale(),
    "saddle": saddle(),
}
EVERY = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)


@pytest.mark.parametrize(
    "name, point, height",
    [
        ("quadratic", (10, 1), 100),
        ("turned", (1, 1), 1),  # along u: ½ · 1 · 2
        ("turned", (-1, 1), 100),  # along v: ½ · 100 · 2
        ("rosenbrock", (-1.5, 2), 12.5),  # 2.5² + 100 · 0.25²
        ("beale", (1, 1), 1.5**2 + 2.25**2 + 2.625**2),
        ("saddle", (2, 2), 4),  # 2 - 2 + 4
    ],
)
def test_heights_by_hand(name, point, height):
    assert SURFACES[name].value(point) == pytest.approx(height)


@pytest.mark.parametrize(
    "name, point",
    [
        ("quadratic", (0, 0)),
        ("turned", (0, 0)),
        ("rosenbrock", (1, 1)),
        ("beale", (3, 0.5)),
        ("saddle", (0, 1)),
        ("saddle", (0, -1)),
        ("saddle", (0, 0)),
    ],
)
def test_where_the_ground_is_level(name, point):
    np.testing.assert_allclose(SURFACES[name].gradient(point), 0, atol=1e-12)


@pytest.mark.parametrize("name", ["quadratic", "turned", "rosenbrock", "beale"])
def test_nothing_is_below_the_minimum(name, rng):
    assert np.all(SURFACES[name].value(rng.normal(0, 2, (1000, 2))) > 0)


@EVERY
def test_gradients(surface, rng):
    for point in rng.normal(0, 1.5, (20, 2)):
        numerical = numerical_gradient(surface.value, point)
        np.testing.assert_allclose(
            surface.gradient(point), numerical, rtol=1e-6, atol=1e-6
        )


@pytest.mark.parametrize("angle", [0, 0.3, np.pi / 4, 2])
def test_turning_keeps_the_curvatures(angle):
    surface = quadratic([1, 100], angle)
    hessian = np.stack([surface.gradient([1, 0]), surface.gradient([0, 1])])
    np.testing.assert_allclose(np.linalg.eigvalsh(hessian), [1, 100])
    along_u = np.array([np.cos(angle), np.sin(angle)])  # counter-clockwise from x
    np.testing.assert_allclose(surface.gradient(along_u), along_u)


@EVERY
def test_a_grid_in_one_call(surface, rng):
    points = rng.normal(size=(4, 5, 2))
    before = points.copy()
    heights, slopes = surface.value(points), surface.gradient(points)
    assert heights.shape == (4, 5) and slopes.shape == (4, 5, 2)
    assert heights[2, 3] == pytest.approx(surface.value(points[2, 3]))
    np.testing.assert_allclose(slopes[2, 3], surface.gradient(points[2, 3]))
    np.testing.assert_array_equal(points, before)


@EVERY
def test_far_away_is_no_warning(surface):
    surface.value([1e200, -1e200])
    surface.gradient([1e200, -1e200])


@EVERY
@pytest.mark.parametrize("points", [1.0, [1.0], [1.0, 2, 3], [[1.0], [2.0]]])
def test_points_have_two_numbers(surface, points):
    for function in surface:
        with pytest.raises(ValueError, match="points: got shape"):
            function(points)


@pytest.mark.parametrize("eigenvalues", [1, [1], [1, 2, 3], [1, np.inf], [[1, 2]]])
def test_bad_eigenvalues(eigenvalues):
    with pytest.raises(ValueError, match="eigenvalues: got"):
        quadratic(eigenvalues)


@pytest.mark.parametrize("angle", [np.nan, [1.0], "east"])
def test_bad_angles(angle):
    with pytest.raises((TypeError, ValueError), match="angle: got"):
        quadratic([1, 2], angle)
