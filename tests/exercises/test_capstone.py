"""The capstone: whatever is wrong with one or two of a learner's functions, they are named."""

import itertools

import numpy as np
import pytest

from dlbasics.exercises import _capstone as capstone
from dlbasics.exercises.digits import check_together
from dlbasics.losses import softmax_cross_entropy
from dlbasics.softmax import log_softmax, softmax

# Six right functions, written otherwise than the references


def initializer(d, k, rng):
    limit = np.sqrt(6 / (d + k))
    return rng.uniform(-limit, limit, size=(d, k))


def rows(logits):
    return np.array([np.exp(z - max(z)) / sum(np.exp(z - max(z))) for z in logits])


def loss(logits, labels):
    return float(-sum(q[y] for q, y in zip(log_softmax(logits), labels)) / len(labels))


def loss_gradient(probs, labels):
    return (probs - np.eye(probs.shape[1])[labels]) / probs.shape[0]


def linear_backward(grad_Z, X, W):
    grad_X = np.einsum("nk,dk->nd", grad_Z, W, optimize=True)
    return [grad_X, (grad_Z.T @ X).T, np.ones(len(X)) @ grad_Z]


def step(parameters, gradients, velocities, learning_rate, momentum):
    for i in range(len(parameters)):
        velocities[i] = momentum * velocities[i] + gradients[i]
        parameters[i] = parameters[i] - learning_rate * velocities[i]


RIGHT = {
    "initializer": initializer,
    "softmax": rows,
    "loss": loss,
    "loss_gradient": loss_gradient,
    "linear_backward": linear_backward,
    "step": step,
}


# Faults. Some the training survives, some only its own exercise would not see.


def constant(d, k, rng):
    return np.full((d, k), 0.05)


def columns_alike(d, k, rng):
    return np.tile(rng.normal(0, np.sqrt(2 / (d + k)), (d, 1)), (1, k))


def own_generator(d, k, rng):
    return initializer(d, k, np.random.default_rng(0))


def global_state(d, k, rng):
    return np.random.RandomState().uniform(-1, 1, (d, k)) * np.sqrt(6 / (d + k))


def whole_array(logits):
    e = np.exp(logits - logits.max())
    return e / e.sum()


def only_small(logits):
    """Right for what an exercise would try."""
    return softmax(logits) if len(logits) < 10 else np.full(logits.shape, 0.1)


def only_moderate(logits):
    """Right until the network is sure of something."""
    return softmax(np.clip(logits, -4, 4))


def in_place(logits):
    logits -= logits.max(axis=1, keepdims=True)
    return softmax(logits)


def sum_of_squares(probs, labels):
    return 2 * (probs - np.eye(10)[labels]) / len(labels)


def no_return(logits):
    softmax(logits)


def twice(probs, labels):
    """The softmax once more."""
    return loss_gradient(softmax(probs), labels)


def mean_bias(grad_Z, X, W):
    return grad_Z @ W.T, X.T @ grad_Z, grad_Z.mean(axis=0)


def only_square(grad_Z, X, W):
    """Right for square weights alone."""
    turned = W if W.shape[0] == W.shape[1] else W[:, ::-1]
    return grad_Z @ turned.T, X.T @ grad_Z, grad_Z.sum(axis=0)


BUFFER = np.zeros(100)


def one_buffer(grad_Z, X, W):
    """Each call writes into the array that the call before returned."""
    grad_b = BUFFER[: grad_Z.shape[1]]
    grad_b[...] = grad_Z.sum(axis=0)
    return grad_Z @ W.T, X.T @ grad_Z, grad_b


def overwrites_biases(parameters, gradients, velocities, learning_rate, momentum):
    for p, g, v in zip(parameters, gradients, velocities):
        v[...] = momentum * v + g
        p[...] = (p if p.ndim == 2 else 0) - learning_rate * v


def no_momentum(parameters, gradients, velocities, learning_rate, momentum):
    for p, g in zip(parameters, gradients):
        p -= learning_rate * g


def uphill(parameters, gradients, velocities, learning_rate, momentum):
    for p, g, v in zip(parameters, gradients, velocities):
        v[...] = momentum * v + g
        p += learning_rate * v


def new_arrays(parameters, gradients, velocities, learning_rate, momentum):
    return [p - learning_rate * g for p, g in zip(parameters, gradients)]


def late(parameters, gradients, velocities, learning_rate, momentum, calls=[]):  # noqa: B006
    """Right for ten steps."""
    calls.append(1)
    step(parameters, gradients, velocities, learning_rate, momentum)
    if len(calls) > 10:
        parameters[0][0] += 1e-3


def raises(*args):
    raise RuntimeError("not yet")


FAULTS = {
    "initializer": {
        "All its weights are equal": constant,
        "times 2 / (d + k)": lambda d, k, rng: rng.normal(0, 0.01, (d, k)),
        "Units have the same weights": columns_alike,
        "do not come from `rng`": own_generator,
        "not come from": global_state,
        "not about 0": lambda d, k, rng: rng.uniform(
            0, 2 * np.sqrt(6 / (d + k)), (d, k)
        ),
        "weights of shape (784, 50) were expected": lambda d, k, rng: initializer(
            k, d, rng
        ),
        "It raised RuntimeError: not yet": raises,
    },
    "softmax": {
        "The values are off": whole_array,
        "Yours is 0.1 in every entry": only_small,
        "values are off": lambda logits: softmax(np.clip(logits, -0.5, 0.5)),
        "It changed `logits`": in_place,
        "Is a `return` missing?": no_return,
        "The shape is (50,)": lambda logits: softmax(logits).max(axis=1),
    },
    "loss": {
        "is right": lambda z, y: softmax_cross_entropy(z, y) / np.log(2),
        "It says": lambda z, y: softmax_cross_entropy(z[:100], y[:100]),
        "real numbers were expected": lambda z, y: "low",
    },
    "loss_gradient": {
        "Yours is 50 times the right answer": lambda q, y: len(q) * loss_gradient(q, y),
        "Yours is 2 times the right answer": sum_of_squares,
        "values are off": twice,
        "opposite sign": lambda q, y: -loss_gradient(q, y),
    },
    "linear_backward": {
        "In grad_b": mean_bias,
        "In grad_X": only_square,
        "It writes into an array that it returned before": one_buffer,
        "3 arrays were expected": lambda g, X, W: (X.T @ g, g.sum(axis=0)),
        "In grad_X: The shape": lambda g, X, W: linear_backward(g, X, W)[::-1],
    },
    "step": {
        "parameters[1] is not what": overwrites_biases,
        "velocities[0] is not what": no_momentum,
        "parameters[0] is not what": uphill,
        "The parameters are what they were": new_arrays,
        "in batch 11 of epoch 1": late,
    },
}
EACH_FAULT = [
    pytest.param(name, words, fault, id=f"{name}-{words}")
    for name, faults in FAULTS.items()
    for words, fault in faults.items()
]
# The most harmless and the most harmful fault of each function, in pairs of functions
SOME = {
    "initializer": ["do not come from `rng`", "All its weights are equal"],
    "softmax": ["values are off", "The shape is (50,)"],
    "loss": ["is right"],
    "loss_gradient": ["Yours is 2 times the right answer", "opposite sign"],
    "linear_backward": ["In grad_b", "3 arrays were expected"],
    "step": ["parameters[1] is not what", "parameters[0] is not what"],
}
PAIRS = [
    ((a, words[0]), (b, others[i % len(others)]))
    for i, ((a, words), (b, others)) in enumerate(
        itertools.combinations(SOME.items(), 2)
    )
]


@pytest.fixture(autouse=True)
def fresh_calls():
    late.__defaults__[0].clear()


@pytest.fixture
def short(monkeypatch):
    """One epoch on 1,000 images: enough to watch each call, too little to learn to read."""
    X, labels, *others = capstone._digits()
    short = {"parts": (X[::4], labels[::4], *others)}
    monkeypatch.setattr(capstone, "_DATA", short)
    monkeypatch.setattr(capstone, "EPOCHS", 1)
    monkeypatch.setattr(capstone, "SLACK", 1000)


def named(result):
    """The functions that a result blames."""
    message = result.message.partition("is not right")[0].partition("are not right")[0]
    return {name for name in RIGHT if f"my_{name} " in message.replace(",", " ")}


def test_right_functions_pass():
    result = check_together(**RIGHT)
    assert result.status == "passed", result
    assert len(result.yours) == len(result.target) == capstone.EPOCHS
    assert len(result.answers) == 1000
    assert "solutions/digits.ipynb" in result.message
    assert check_together.last() is result


def test_before_the_first_check_there_is_the_target(short):
    result = capstone.Together("your functions").last()
    assert result.status == "not attempted"
    assert len(result.target) == capstone.EPOCHS and not result.yours


@pytest.mark.parametrize("name, words, fault", EACH_FAULT)
def test_a_single_fault_is_named_and_seen(name, words, fault, short):
    result = check_together(**(RIGHT | {name: fault}))
    assert result.status == "not yet"
    assert named(result) == {name}, result
    assert words in result.hint
    assert ".ipynb)" in result.hint  # the chapter
    assert f"with the book's my_{name}" in result.facts


@pytest.mark.parametrize("first, second", PAIRS, ids=lambda pair: pair[0])
def test_two_faults_are_named_both(first, second, short):
    faults = {name: FAULTS[name][words] for name, words in (first, second)}
    result = check_together(**(RIGHT | faults))
    assert result.status == "not yet"
    assert named(result) == set(faults), result


@pytest.mark.parametrize(
    "name, fault",
    [
        ("step", overwrites_biases),
        ("softmax", only_moderate),
    ],
)
def test_the_whole_training_names_a_fault_as_well(name, fault):
    result = check_together(**(RIGHT | {name: fault}))
    assert named(result) == {name}
    assert len(result.yours) == capstone.EPOCHS
    assert ("reads the digits, but" in result.message) == (name == "step")


def test_two_faults_that_cancel_are_named_both():
    """Gradients 50 times too large, steps 50 times too small: it learns as it should."""

    def small_steps(parameters, gradients, velocities, learning_rate, momentum):
        less = [g / 50 for g in gradients]
        step(parameters, less, velocities, learning_rate, momentum)

    result = check_together(
        **RIGHT | {"loss_gradient": lambda q, y: q - np.eye(10)[y], "step": small_steps}
    )
    assert named(result) == {"loss_gradient", "step"}
    assert "reads the digits, but" in result.message


def test_functions_that_only_fail_together(short):
    """A softmax that leaves a note, and a step that obeys it: each alone does no harm."""
    note = []

    def remembers(logits):
        note.append(1)
        return softmax(logits)

    def obeys(parameters, gradients, velocities, learning_rate, momentum):
        step(parameters, gradients, velocities, learning_rate, momentum)
        if note:
            parameters[0][...] = 0

    result = check_together(**RIGHT | {"softmax": remembers, "step": obeys})
    assert result.status == "not yet"


def stub(*args): ...


def test_what_is_not_written_yet_is_left_to_the_book(short):
    stubs = dict.fromkeys(RIGHT, stub)
    result = check_together(**stubs)
    assert result.status == "not attempted" and result.yours == []
    assert len(result.target) == 1
    result = check_together(**(stubs | {"softmax": rows, "step": step}))
    assert result.status == "not yet"
    assert result.message == (
        "Right so far. Still to write: my_initializer, my_loss, my_loss_gradient, "
        "my_linear_backward."
    )
    result = check_together(**(stubs | {"softmax": whole_array}))
    assert named(result) == {"softmax"}


def test_what_is_no_function_or_not_one_of_the_six():
    result = check_together(**(RIGHT | {"loss": 3}))
    assert result.message == "my_loss is no function."
    with pytest.raises(TypeError, match="functions: got loss, expected initializer, "):
        check_together(loss=loss)


def test_a_function_that_does_not_end_is_stopped():
    def endless(*args):
        while True:
            pass

    slow = capstone.Together("mine", seconds=0.3)
    result = slow(**(RIGHT | {"softmax": endless}))
    assert "does a loop end?" in result.message


def test_a_function_that_leaves_is_named(short):
    def leaves(*args):
        raise SystemExit

    result = check_together(**(RIGHT | {"loss_gradient": leaves}))
    assert named(result) == {"loss_gradient"}
    assert "It raised SystemExit" in result.hint


def test_other_first_weights_need_less_than_the_slack():
    """What is allowed for other weights is more than they need, and less than a bug costs."""
    target = capstone._right(capstone.Training(capstone._references()).run())
    counts = []
    for seed in range(5):

        def draw(d, k, rng, seed=seed):
            return initializer(d, k, np.random.default_rng([seed, d]))

        functions = capstone._references() | {"my_initializer": draw}
        counts.append(capstone._right(capstone.Training(functions).run()))
    assert max(abs(count - target) for count in counts) < capstone.SLACK / 1.5
