"""Answers to the exercises on what stays the same in every training, as learners write them."""

import contextlib
import math
import types
from itertools import pairwise

import numpy as np

# check_batches


def batches_by_edges(X, T, batch_size, order):
    edges = [*range(0, len(order), batch_size), len(order)]
    if batch_size > 1 and len(edges) > 2 and edges[-1] - edges[-2] == 1:
        del edges[-2]
    return [(X[order[a:b]], T[order[a:b]]) for a, b in pairwise(edges)]


def batches_shuffled_first(X, T, batch_size, order):
    X, T = X[order], T[order]
    pairs = []
    for start in range(0, len(X), batch_size):
        pairs.append((X[start : start + batch_size], T[start : start + batch_size]))
    if batch_size > 1 and len(pairs) > 1 and len(pairs[-1][0]) == 1:
        x, t = pairs.pop()
        before_x, before_t = pairs.pop()
        pairs.append((np.concatenate([before_x, x]), np.concatenate([before_t, t])))
    return pairs


def batches_with_while(X, T, batch_size, order):
    result, rows = [], list(order)
    while rows:
        take = batch_size
        if batch_size > 1 and len(rows) == batch_size + 1:
            take = len(rows)
        now, rows = rows[:take], rows[take:]
        result.append((X[now], T[now]))
    return result


def batches_row_by_row(X, T, batch_size, order):
    groups = []
    for place, row in enumerate(order):
        last_alone = place == len(order) - 1 and place % batch_size == 0
        if place % batch_size == 0 and not (
            last_alone and place > 0 and batch_size > 1
        ):
            groups.append([])
        groups[-1].append(row)
    return [[np.array([X[r] for r in g]), np.array([T[r] for r in g])] for g in groups]


def batches_by_split(X, T, batch_size, order):
    cuts = np.arange(batch_size, len(order), batch_size)
    if batch_size > 1 and len(cuts) and cuts[-1] == len(order) - 1:
        cuts = cuts[:-1]
    return [(X[rows], T[rows]) for rows in np.split(order, cuts)]


def batches_tuple(X, T, batch_size, order):
    return tuple(batches_by_edges(X, T, batch_size, order))


def batches_int(X, T, batch_size, order):
    count = int(len(order) / batch_size)
    rows = [order[i * batch_size : (i + 1) * batch_size] for i in range(count)]
    return [(X[r], T[r]) for r in rows]


def batches_plain(X, T, batch_size, order):
    rows = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
    return [(X[r], T[r]) for r in rows]


def batches_join_always(X, T, batch_size, order):
    pairs = batches_plain(X, T, batch_size, order)
    if len(pairs) > 1 and len(pairs[-1][0]) < batch_size:
        x, t = pairs.pop()
        a, b = pairs.pop()
        pairs.append((np.concatenate([a, x]), np.concatenate([b, t])))
    return pairs


def batches_drop_single(X, T, batch_size, order):
    pairs = batches_plain(X, T, batch_size, order)
    return pairs if batch_size == 1 or len(pairs[-1][0]) > 1 else pairs[:-1]


def batches_join_ones(X, T, batch_size, order):
    pairs = batches_plain(X, T, batch_size, order)
    if len(pairs) > 1 and len(pairs[-1][0]) == 1:
        x, t = pairs.pop()
        a, b = pairs.pop()
        pairs.append((np.concatenate([a, x]), np.concatenate([b, t])))
    return pairs


def batches_targets_in_place(X, T, batch_size, order):
    return batches_by_edges(X[order], T, batch_size, np.arange(len(order))) and [
        (x, t)
        for (x, _), (_, t) in zip(
            batches_by_edges(X, T, batch_size, order),
            batches_by_edges(X, T, batch_size, np.arange(len(order))),
            strict=True,
        )
    ]


def batches_samples_in_place(X, T, batch_size, order):
    in_place = batches_by_edges(X, T, batch_size, np.arange(len(order)))
    ordered = batches_by_edges(X, T, batch_size, order)
    return [(x, t) for (x, _), (_, t) in zip(in_place, ordered, strict=True)]


def batches_unordered(X, T, batch_size, order):
    return batches_by_edges(X, T, batch_size, np.arange(len(X)))


def batches_rows_only(X, T, batch_size, order):
    return [
        np.array(rows)
        for rows in np.split(
            order,
            [
                c
                for c in range(batch_size, len(order), batch_size)
                if batch_size == 1 or c != len(order) - 1
            ],
        )
    ]


def batches_two_lists(X, T, batch_size, order):
    pairs = batches_by_edges(X, T, batch_size, order)
    return [x for x, _ in pairs], [t for _, t in pairs]


def batches_turned(X, T, batch_size, order):
    return [(t, x) for x, t in batches_by_edges(X, T, batch_size, order)]


def batches_samples_only(X, T, batch_size, order):
    return [x for x, _ in batches_by_split(X, T, batch_size, order)]


def batches_inverse(X, T, batch_size, order):
    place = np.empty(len(order), int)
    place[order] = np.arange(len(order))
    return batches_by_split(X, T, batch_size, place)


def batches_generator(X, T, batch_size, order):
    yield from batches_by_edges(X, T, batch_size, order)


def batches_join_first(X, T, batch_size, order):
    pairs = batches_plain(X, T, batch_size, order)
    if batch_size > 1 and len(pairs) > 1 and len(pairs[-1][0]) == 1:
        x, t = pairs.pop()
        pairs[0] = np.concatenate([pairs[0][0], x]), np.concatenate([pairs[0][1], t])
    return pairs


def batches_flat_targets(X, T, batch_size, order):
    return [(x, t.ravel()) for x, t in batches_by_edges(X, T, batch_size, order)]


def batches_own_shuffle(X, T, batch_size, order):
    rows = np.random.default_rng(0).permutation(len(X))
    return batches_by_edges(X, T, batch_size, rows)


def batches_sorts_in_place(X, T, batch_size, order):
    order.sort()
    return batches_by_edges(X, T, batch_size, order)


def batches_without_return(X, T, batch_size, order):
    batches_by_edges(X, T, batch_size, order)


# check_reports


def reports_by_loop(done, epochs, k):
    if k == 0:
        return []
    lines = []
    for epoch in range(done + 1, done + epochs + 1):
        if epoch % k == 0 or epoch == done + epochs:
            lines.append(epoch)
    return lines


def reports_by_set(done, epochs, k):
    if not k:
        return []
    last = done + epochs
    return sorted({e for e in range(done + 1, last + 1) if e % k == 0} | {last})


def reports_by_steps(done, epochs, k):
    if k < 1:
        return []
    first = (done // k + 1) * k
    last = done + epochs
    found = list(range(first, last + 1, k))
    if not found or found[-1] != last:
        found.append(last)
    return found


def reports_by_numpy(done, epochs, k):
    numbers = np.arange(done + 1, done + epochs + 1)
    if k == 0:
        return numbers[:0]
    return numbers[(numbers % k == 0) | (numbers == numbers[-1])]


def reports_with_while(done, epochs, k):
    found, epoch = [], done
    while k and epoch < done + epochs:
        epoch += 1
        if not epoch % k:
            found.append(epoch)
    if k and (not found or found[-1] < epoch):
        found += [epoch]
    return found


def reports_as_tuple(done, epochs, k):
    return tuple(reports_by_loop(done, epochs, k))


def reports_k_zero_crashes(done, epochs, k):
    return [
        e
        for e in range(done + 1, done + epochs + 1)
        if e % k == 0 or e == done + epochs
    ]


def reports_twice(done, epochs, k):
    found = [e for e in range(done + 1, done + epochs + 1) if k > 0 and e % k == 0]
    return [*found, done + epochs] if k > 0 else found


def reports_of_python(done, epochs, k):
    last = done + epochs - 1
    return [
        e for e in range(done, done + epochs) if k != 0 and (e % k == 0 or e == last)
    ]


def reports_strings(done, epochs, k):
    return [f"epoch {e}" for e in reports_by_loop(done, epochs, k)]


def reports_printed(done, epochs, k):
    for e in reports_by_loop(done, epochs, k):
        print(e)


# check_counts


def counts_by_loop(z, counts):
    total, gradient = 0.0, np.zeros(z.shape)
    for place, value in np.ndenumerate(z):
        total += math.exp(value) - counts[place] * value
        gradient[place] = (math.exp(value) - counts[place]) / z.size
    return total / z.size, gradient, np.exp(z)


def counts_by_numpy(z, counts):
    expected = np.exp(z)
    loss = (expected - counts * z).mean()
    return loss, (expected - counts) / expected.size, expected


def counts_as_list(z, counts):
    return list(counts_by_numpy(z, counts))


def counts_by_sum(z, counts):
    n = np.prod(z.shape)
    return (
        np.sum(np.exp(z)) / n - np.sum(counts * z) / n,
        np.exp(z) / n - counts / n,
        math.e**z,
    )


def counts_in_the_other_form(z, counts):
    rate = np.exp(z)
    with np.errstate(divide="ignore"):
        return (
            np.mean(rate - counts * np.log(rate)),
            (1 - counts / rate) * rate / z.size,
            rate,
        )


def but(loss=None, gradient=None, answer=None):
    """A right answer with a part replaced."""

    def answers(z, counts):
        right = counts_by_numpy(z, counts)
        other = [part and part(z, counts) for part in (loss, gradient, answer)]
        return tuple(r if o is None else o for r, o in zip(right, other, strict=True))

    return answers


def counts_as_regression(z, counts):
    return np.mean((z - counts) ** 2), 2 * (z - counts) / z.size, z


def counts_with_factorial(z, counts):
    extra = np.mean([math.lgamma(c + 1) for c in counts.ravel()])
    loss, gradient, answer = counts_by_numpy(z, counts)
    return loss + extra, gradient, answer


def counts_rates_given(z, counts):
    safe = np.maximum(z, 1e-12)
    return np.mean(z - counts * np.log(safe)), (1 - counts / safe) / z.size, z


# check_gradient


def gradient_by_sum(gradient_of, batches):
    total = 0
    for batch in batches:
        total = total + len(batch) * gradient_of(batch)
    return total / sum(map(len, batches))


def gradient_by_copies(gradient_of, batches):
    kept = [gradient_of(batch).copy() for batch in batches]
    return np.average(kept, axis=0, weights=[len(batch) for batch in batches])


def gradient_by_lists(gradient_of, batches):
    n = sum(len(batch) for batch in batches)
    parts = [[len(b) / n * float(g) for g in gradient_of(b)] for b in batches]
    return [sum(column) for column in zip(*parts, strict=True)]


def gradient_running_mean(gradient_of, batches):
    mean, n = None, 0
    for batch in batches:
        n += len(batch)
        g = np.array(gradient_of(batch))
        mean = g if mean is None else mean + (g - mean) * len(batch) / n
    return mean


def gradient_at_once(gradient_of, batches):
    return gradient_of(np.concatenate(batches))


def gradient_in_a_new_array(gradient_of, batches):
    total = np.zeros_like(gradient_of(batches[0]))
    for batch in batches:
        total += gradient_of(batch) * batch.shape[0]
    return total / np.vstack(batches).shape[0]


def gradient_kept(gradient_of, batches):
    kept = [gradient_of(batch) for batch in batches]
    sizes = [len(batch) for batch in batches]
    return sum(g * n for g, n in zip(kept, sizes, strict=True)) / sum(sizes)


def gradient_kept_mean(gradient_of, batches):
    return np.mean([g for g in list(map(gradient_of, batches))], axis=0)


def gradient_into_the_buffer(gradient_of, batches):
    total = gradient_of(batches[0])
    for batch in batches[1:]:
        total += gradient_of(batch)
    return total / len(batches)


def gradient_plain_mean(gradient_of, batches):
    total = 0.0
    for batch in batches:
        total = total + gradient_of(batch)
    return total / len(batches)


def gradient_plain_sum(gradient_of, batches):
    total = np.zeros(batches[0].shape[1])
    for batch in batches:
        total += gradient_of(batch)
    return total


def gradient_of_the_sum(gradient_of, batches):
    return sum(gradient_of(batch) * len(batch) for batch in batches)


def gradient_mean_over_rows(gradient_of, batches):
    return gradient_plain_sum(gradient_of, batches) / sum(map(len, batches))


def gradient_weighted_over_batches(gradient_of, batches):
    return gradient_of_the_sum(gradient_of, batches) / len(batches)


def gradient_first(gradient_of, batches):
    for batch in batches:
        return gradient_of(batch)


def gradient_first_kept(gradient_of, batches):
    first = gradient_of(batches[0]).copy()
    for batch in batches[1:]:
        gradient_of(batch)
    return first


def gradient_list(gradient_of, batches):
    return np.array([gradient_of(batch).copy() for batch in batches])


def gradient_mean_of_all(gradient_of, batches):
    return np.mean(gradient_by_copies(gradient_of, batches))


def gradient_longest(gradient_of, batches):
    return gradient_of(max(batches, key=len)).copy()


def gradient_median(gradient_of, batches):
    return np.median(gradient_list(gradient_of, batches), axis=0)


def gradient_scaled(gradient_of, batches):
    g = gradient_by_sum(gradient_of, batches)
    return g / np.linalg.norm(g)


def gradient_rounded(gradient_of, batches):
    return np.round(gradient_by_sum(gradient_of, batches), 2)


# check_flag_test


def net_of(value):
    return types.SimpleNamespace(training=value)


class Boom(Exception):
    pass


def flag_for(before, error=None):
    """A test with one flag and one way to end."""

    def test(train_with):
        net, seen = net_of(before), []

        def work(given):
            seen.append((given is net, given.training))
            if error:
                raise error
            return 42

        try:
            result = train_with(net, work)
        except BaseException as got:
            if got is not error:
                raise
            result = error
        return (
            seen == [(True, True)]
            and net.training is before
            and result == (error or 42)
        )

    return test


def flag_all(train_with):
    errors = [None, Boom(), KeyboardInterrupt()]
    return all(
        flag_for(before, e)(train_with) for before in (False, True) for e in errors
    )


def flag_by_hand(train_with):
    net = net_of(False)
    seen = []
    if train_with(net, lambda n: seen.append(n.training) or "result") != "result":
        return False
    if seen != [True] or net.training:
        return False
    net = net_of(True)
    train_with(net, lambda n: seen.append(n.training))
    if not seen[-1] or not net.training:
        return False

    def stop(n):
        raise KeyboardInterrupt

    def fail(n):
        raise ValueError("no")

    for work, kind in [(stop, KeyboardInterrupt), (fail, ValueError)]:
        net = net_of(False)
        try:
            train_with(net, work)
            return False
        except kind:
            pass
        if net.training:
            return False
    return True


def flag_asserting(train_with):
    for before in [True, False]:
        net, flags = net_of(before), []

        def note(n, flags=flags):
            flags.append(n.training)
            return 1.5

        assert train_with(net, note) == 1.5
        assert flags == [True]
        assert net.training == before
        for error in [SystemExit, ZeroDivisionError]:
            came_through = False

            def fail(n, error=error):
                raise error

            try:
                train_with(net, fail)
            except error:
                came_through = True
            assert came_through and net.training == before
    return True


def flag_with_a_class(train_with):
    class Net:
        training = False

    class Stop(BaseException):
        pass

    def work(net):
        if not net.training:
            return None
        if net.fails:
            raise Stop
        return net

    for start in (True, False):
        for fails in (True, False):
            net = Net()
            net.training, net.fails = start, fails
            try:
                ended = train_with(net, work) is net
            except Stop:
                ended = fails
            if not ended or (fails and ended is None) or net.training != start:
                return False
            if fails:
                with contextlib.suppress(Stop):
                    train_with(net, work)
                    return False
    return True


def flag_counts(train_with):
    good = 0
    for before in [0, 1]:
        for e in [None, IndexError("x"), GeneratorExit()]:
            good += flag_for(bool(before), e)(train_with)
    return good == 6


def flag_backwards(train_with):
    return not flag_all(train_with)


def flag_no_return(train_with):
    assert flag_all(train_with)


def flag_never_calls(train_with):
    return callable(train_with)


def flag_no_error(train_with):
    return flag_for(False)(train_with) and flag_for(True)(train_with)


def flag_only_false(train_with):
    return all(
        flag_for(False, e)(train_with) for e in [None, Boom(), KeyboardInterrupt()]
    )


def flag_only_exceptions(train_with):
    return all(
        flag_for(b, e)(train_with) for b in [True, False] for e in [None, Boom()]
    )


def flag_no_look_inside(train_with):
    for before in [True, False]:
        net = net_of(before)
        if train_with(net, lambda n: 3) != 3 or net.training != before:
            return False
    return True


def flag_forgets_result(train_with):
    for before in [True, False]:
        for error in [None, Boom(), KeyboardInterrupt()]:
            net, seen = net_of(before), []

            def work(n, seen=seen, error=error):
                seen.append(n.training)
                if error:
                    raise error

            try:
                train_with(net, work)
                if error:
                    return False
            except (Boom, KeyboardInterrupt):
                pass
            if seen != [True] or net.training != before:
                return False
    return True


def flag_forgets_swallowing(train_with):
    for before in [True, False]:
        for error in [None, Boom(), KeyboardInterrupt()]:
            net, seen = net_of(before), []

            def work(n, seen=seen, error=error):
                seen.append(n.training)
                if error:
                    raise error
                return 5

            with contextlib.suppress(Boom, KeyboardInterrupt):
                if train_with(net, work) != 5 and not error:
                    return False
            if seen != [True] or net.training != before:
                return False
    return True


def flag_only_afterwards(train_with):
    net = net_of(False)
    train_with(net, lambda n: None)
    return not net.training


def flag_true_afterwards(train_with):
    net = net_of(False)
    train_with(net, lambda n: None)
    return net.training


def flag_number(train_with):
    return 1 if flag_all(train_with) else "no"


# check_resume_test


def close(a, b):
    return np.allclose(a, b, rtol=1e-6)


def resume_all(start):
    whole = start().run(10)
    t = start()
    costs = t.run(5)
    copy = t.saved()
    rest = copy.run(5)
    return close(costs + rest, whole) and close(t.run(5), whole[5:])


def resume_other_order(start):
    t = start()
    t.run(3)
    copy = t.saved()
    own = t.run(4)
    return close(copy.run(4), own) and close(start().run(7)[3:], own)


def resume_alternating(start):
    whole, t = start().run(8), start()
    t.run(2)
    copy = t.saved()
    for epoch in range(2, 8):
        if not close(t.run(1), whole[epoch : epoch + 1]):
            return False
        if not close(copy.run(1), whole[epoch : epoch + 1]):
            return False
    return True


def resume_at_every_epoch(start):
    whole = start().run(6)
    for k in range(1, 6):
        t = start()
        begun = t.run(k)
        copy = t.saved()
        if not close(begun + copy.run(6 - k), whole):
            return False
        if not close(t.run(6 - k), whole[k:]):
            return False
    return True


def resume_asserting(start):
    a, b = start(), start()
    assert close(a.run(4), b.run(4))
    c = b.saved()
    expected = a.run(4)
    assert close(c.run(4), expected)
    assert close(b.run(4), expected)
    return True


def resume_of_the_saved(start):
    whole, t = start().run(9), start()
    t.run(3)
    once = t.saved()
    twice = once.saved()
    first = once.run(6)
    return all(
        max(abs(x - y) for x, y in zip(part, whole[3:], strict=True)) < 1e-6
        for part in (first, twice.run(6), t.run(6))
    )


def resume_copy_only(start):
    whole, t = start().run(10), start()
    costs = t.run(5)
    return close(costs + t.saved().run(5), whole)


def resume_after_more(start):
    whole, t = start().run(10), start()
    t.run(5)
    copy = t.saved()
    t.run(3)
    return close(copy.run(5), whole[5:])


def resume_at_the_beginning(start):
    t = start()
    copy = t.saved()
    return close(t.run(5), copy.run(5))


def resume_one_epoch(start):
    whole, t = start().run(2), start()
    t.run(1)
    return close(t.saved().run(1), whole[1:])


def resume_lengths(start):
    t = start()
    return len(t.run(5) + t.saved().run(5)) == 10


def resume_first_costs(start):
    return close(start().run(3), start().run(3))


def resume_falls(start):
    t = start()
    before = t.run(5)[-1]
    return t.saved().run(5)[-1] < before * 2


def resume_loose(start):
    whole, t = start().run(10), start()
    t.run(5)
    copy = t.saved()
    return np.allclose(copy.run(5), whole[5:], atol=0.5) and np.allclose(
        t.run(5), whole[5:], atol=0.5
    )


def resume_backwards(start):
    return not resume_all(start)


def resume_no_return(start):
    assert resume_all(start)


def resume_never_calls(start):
    return start is not None


def resume_array(start):
    whole, t = np.array(start().run(10)), start()
    t.run(5)
    return np.isclose(t.saved().run(5), whole[5:])


def resume_wrong_epochs(start):
    whole, t = start().run(10), start()
    t.run(5)
    return close(t.saved().run(5), whole[:5])


def resume_original_only(start):
    whole, t = start().run(10), start()
    t.run(5)
    t.saved()
    return close(t.run(5), whole[5:])


def resume_is_new(start):
    t = start()
    t.run(2)
    return t.saved() is not t


def resume_after_forty(start):
    t = start()
    t.run(40)
    copy = t.saved()
    last = t.run(1)
    return close(copy.run(1), last) and close(start().run(41)[40:], last)


def resume_as_the_original_goes_on(start):
    """Both may go on otherwise than they would have."""
    t = start()
    t.run(5)
    copy = t.saved()
    return close(copy.run(5), t.run(5))


# What passed once


def batches_cut(cut):
    """The rows are cut into these parts."""
    return lambda X, T, batch_size, order: [
        (X[rows], T[rows]) for rows in cut(order, batch_size)
    ]


def given_one_away(order, size):
    parts = [order[a : a + size] for a in range(0, len(order), size)]
    if size > 1 and len(parts) > 1 and len(parts[-1]) == 1:
        parts[-2:] = parts[-2][:-1], order[-2:]
    return parts


def first_one_larger(order, size):
    if size > 1 and len(order) > size and len(order) % size == 1:
        rest = order[size + 1 :]
        parts = [rest[a : a + size] for a in range(0, len(rest), size)]
        return [order[: size + 1], *parts]
    return [order[a : a + size] for a in range(0, len(order), size)]


def batches_from_one_table(X, T, batch_size, order):
    table, d = np.column_stack([X, T]), X.shape[1]
    targets = table[:, d] if T.ndim == 1 else table[:, d:]
    return batches_by_edges(table[:, :d], targets, batch_size, order)


def flag_with(check):
    """Every case, with another look at how `train_with` ends."""

    def test(train_with):
        for before in (False, True):
            for error in (None, Boom(), KeyboardInterrupt()):
                net, seen = net_of(before), []

                def work(n, seen=seen, error=error):
                    seen.append(n.training)
                    if error:
                        raise error
                    return 42

                try:
                    end = train_with(net, work)
                except BaseException as raised:
                    end = raised
                if seen != [True] or not check(end, error, net.training is before):
                    return False
        return True

    return test


def resume_exactly(start):
    whole, t = start().run(8), start()
    begun, copy = t.run(4), t.saved()
    return begun + copy.run(4) == whole and t.run(4) == whole[4:]


def resume_to_one_percent(start):
    whole, t = start().run(10), start()
    begun, copy = t.run(5), t.saved()
    costs, after = begun + copy.run(5), t.run(5)
    return np.allclose(costs, whole, rtol=0.01) and np.allclose(
        after, whole[5:], rtol=0.01
    )


RIGHT = {
    "check_batches": [
        batches_by_edges,
        batches_shuffled_first,
        batches_with_while,
        batches_row_by_row,
        batches_by_split,
        batches_tuple,
    ],
    "check_reports": [
        reports_by_loop,
        reports_by_set,
        reports_by_steps,
        reports_by_numpy,
        reports_with_while,
        reports_as_tuple,
    ],
    "check_counts": [
        counts_by_loop,
        counts_by_numpy,
        counts_as_list,
        counts_by_sum,
        counts_in_the_other_form,
    ],
    "check_gradient": [
        gradient_by_sum,
        gradient_by_copies,
        gradient_by_lists,
        gradient_running_mean,
        gradient_in_a_new_array,
    ],
    "check_flag_test": [
        flag_all,
        flag_by_hand,
        flag_asserting,
        flag_counts,
        flag_with(lambda end, error, back: back and end is (error or 42)),
    ],
    "check_resume_test": [
        resume_all,
        resume_other_order,
        resume_alternating,
        resume_at_every_epoch,
        resume_asserting,
        resume_of_the_saved,
        resume_after_forty,
    ],
}

WRONG = {
    "check_batches": {
        "A short last batch is missing": batches_int,
        "is a batch of its own": batches_plain,
        "Every short last batch joins": batches_join_always,
        "is left out. It joins": batches_drop_single,
        "With batches of 1, there is nothing": batches_join_ones,
        "gives a sample to the last one": batches_cut(given_one_away),
        "The first batch is the larger one": batches_cut(first_one_larger),
        "parts of nearly equal size": batches_cut(
            lambda order, size: np.array_split(order, -(-len(order) // size))
        ),
        "Whole numbers have become floats": batches_from_one_table,
        "You pair each sample with its target": lambda *args: [
            [*zip(x, t)] for x, t in batches_by_edges(*args)
        ],
        "lost or gained an axis": lambda *args: [
            (x, t.reshape(-1, 1)) for x, t in batches_by_edges(*args)
        ],
        "the targets do not": batches_targets_in_place,
        "the samples do not": batches_samples_in_place,
        "`order` is not used": batches_unordered,
        "You return the row numbers": batches_rows_only,
        "You return two lists": batches_two_lists,
        "the wrong way round": batches_turned,
        "without their targets": batches_samples_only,
        "as the place of each row": batches_inverse,
        "`return` missing": batches_without_return,
    },
    "check_reports": {
        "no line, unless": lambda done, epochs, k: [
            e for e in range(done + 1, done + epochs + 1) if k and not e % k
        ],
        "twice": reports_twice,
        "not even the last": lambda done, epochs, k: (
            reports_by_set(done, epochs, k) if k else [done + epochs]
        ),
        "You print every epoch": lambda done, epochs, k: reports_by_loop(
            done, epochs, max(k, 1)
        ),
        "begin at 0": reports_of_python,
        "count anew": lambda done, epochs, k: reports_by_loop(0, epochs, k),
        "from where this training": lambda done, epochs, k: [
            done + e for e in reports_by_steps(0, epochs, k)
        ],
        "begins with epoch 1": lambda done, epochs, k: reports_by_loop(
            0, done + epochs, k
        ),
        "as the number of the last": lambda done, epochs, k: (
            [
                e
                for e in range(done + 1, epochs + 1)
                if k and (e % k == 0 or e == epochs)
            ]
        ),
        "not reported again": lambda done, epochs, k: [
            e
            for e in range(done, done + epochs + 1)
            if k and (not e % k or e == done + epochs)
        ],
        "Your epochs are floats": lambda done, epochs, k: [
            1.0 * e for e in reports_by_loop(done, epochs, k)
        ],
        "The last epoch comes first": lambda done, epochs, k: list(
            np.roll(reports_by_loop(done, epochs, k), 1)
        ),
        "how many lines": lambda done, epochs, k: len(reports_by_set(done, epochs, k)),
        "`return` missing": reports_printed,
    },
    "check_counts": {
        "is the sum over all": but(loss=lambda z, t: (np.exp(z) - t * z).sum()),
        "lacks the division": but(gradient=lambda z, t: np.exp(z) - t),
        "divided by the number of rows": but(
            gradient=lambda z, t: (np.exp(z) - t) / z.shape[0]
        ),
        "over the rows of sums": but(
            loss=lambda z, t: (np.exp(z) - t * z).sum() / z.shape[0]
        ),
        "prediction minus target": but(gradient=lambda z, t: (t - np.exp(z)) / z.size),
        "z minus target": but(gradient=lambda z, t: (z - t) / z.size),
        "Your answer is z": but(answer=lambda z, t: z.copy()),
        "rounded to whole": but(answer=lambda z, t: np.rint(np.exp(z))),
        "inside the log": but(
            loss=lambda z, t: np.mean(np.exp(z) - t * np.log(np.exp(z) + 1e-12))
        ),
        "You keep z within limits": lambda z, t: counts_by_numpy(z.clip(-30, 30), t),
        "*negative* log": but(loss=lambda z, t: np.mean(t * z) - np.mean(np.exp(z))),
        "It is its logarithm": counts_rates_given,
        "the squared error": but(loss=lambda z, t: np.mean((t - np.exp(z)) ** 2)),
        "an array of losses": but(loss=lambda z, t: np.exp(z) - z * t),
        "lost its second part": but(gradient=lambda z, t: np.exp(z) / z.size),
    },
    "check_gradient": {
        "They are one array": gradient_kept,
        "the last batch alone": lambda gradient_of, batches: gradient_of(batches[-1]),
        "does not fit into memory": gradient_at_once,
        "*is* the array": gradient_into_the_buffer,
        "All batches count alike": gradient_plain_mean,
        "not divided by anything": gradient_plain_sum,
        "the summed loss": gradient_of_the_sum,
        "the sum of the mean gradients": gradient_mean_over_rows,
        "then divide by the number of batches": gradient_weighted_over_batches,
        "the first batch alone": gradient_first,
        "the gradients of the batches": gradient_list,
    },
    "check_flag_test": {
        "if `work` raises": flag_no_error,
        "also if it was True before": flag_only_false,
        "KeyboardInterrupt": flag_only_exceptions,
        "never sets the flag": flag_no_look_inside,
        "only if `work` raises": flag_with(
            lambda end, error, back: end is (error or 42) and (back or not error)
        ),
        "raises another exception": flag_with(
            lambda end, error, back: (
                back and (isinstance(end, BaseException) if error else end == 42)
            )
        ),
        "returns the net": flag_with(
            lambda end, error, back: back and (end is error if error else end)
        ),
        "does not return the result": flag_forgets_result,
        "keeps the exception": flag_forgets_swallowing,
        "rejects a right": flag_backwards,
        "`return` missing": flag_no_return,
        "never calls": flag_never_calls,
    },
    "check_resume_test": {
        "go on together": resume_copy_only,
        "draws from the generator": resume_after_more,
        "loses the velocity": resume_at_the_beginning,
        "before it is saved, so that both": resume_as_the_original_goes_on,
        "to three digits only": resume_to_one_percent,
        "weights that are saved to ten digits": resume_exactly,
        "rejects a right": resume_backwards,
        "`return` missing": resume_no_return,
        "never calls": resume_never_calls,
        "begins everything anew": resume_lengths,
        "forgets the number": resume_original_only,
        "one answer for a whole array": resume_array,
    },
}

REFUSED = {
    "check_batches": [
        batches_generator,
        batches_join_first,
        batches_flat_targets,
        batches_own_shuffle,
        batches_sorts_in_place,
        lambda X, T, batch_size, order: [],
    ],
    "check_reports": [
        reports_k_zero_crashes,
        reports_strings,
        lambda done, epochs, k: reports_by_loop(done, epochs, k)[:5],
        lambda done, epochs, k: reports_by_loop(done, epochs, min(k, epochs)),
        lambda done, epochs, k: np.array(reports_by_loop(done, epochs, k), float),
        lambda done, epochs, k: list(range(done + 1, done + epochs + 1)),
        lambda done, epochs, k: [done + epochs],
    ],
    "check_counts": [
        counts_as_regression,
        counts_with_factorial,
        lambda z, counts: counts_by_numpy(z, counts)[0],
        lambda z, counts: counts_by_numpy(z, counts)[::-1],
        but(answer=lambda z, t: t * 1.0),
        but(loss=lambda z, t: np.round(np.mean(np.exp(z) - t * z), 2)),
    ],
    "check_gradient": [
        gradient_kept_mean,
        gradient_first_kept,
        gradient_mean_of_all,
        gradient_longest,
        gradient_median,
        gradient_scaled,
        gradient_rounded,
    ],
    "check_flag_test": [
        flag_with_a_class,
        flag_only_afterwards,
        flag_true_afterwards,
        flag_number,
        flag_for(False),
        flag_for(True),
        flag_for(False, Boom()),
        lambda train_with: True,
    ],
    "check_resume_test": [
        resume_one_epoch,
        resume_first_costs,
        resume_falls,
        resume_loose,
        resume_wrong_epochs,
        resume_is_new,
    ],
}
