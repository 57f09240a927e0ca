"""Checks for the exercises: one module a chapter, one check an exercise.

``from dlbasics.exercises import softmax as exercises``, then
``exercises.check_softmax(my_softmax)``.
"""
