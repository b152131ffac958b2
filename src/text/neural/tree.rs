//! The best tree with one root: maximum spanning arborescence (Chu and Liu 1965, Edmonds 1967).

use crate::text::neural::matrix::Matrix;

/// Returns the head of each token, nothing for the one root; `scores` has a row for each token: the
/// scores of all tokens as its head and, last, of the root.
///
/// Time: quadratic where the best heads make a tree, cubic at worst.
pub(crate) fn best_tree(scores: &Matrix) -> Vec<Option<usize>> {
    let count = scores.rows();
    // Node 0 is the root. Whole scores of one sentence differ by less than the toll on a root arc,
    // so that as few as possible are taken: one.
    let spread = scores.iter().map(|row| {
        let (least, most) = row.iter().fold((f32::MAX, f32::MIN), |(least, most), x| {
            (least.min(*x), most.max(*x))
        });
        f64::from(most) - f64::from(least)
    });
    let toll = 1.0 + spread.sum::<f64>();
    let nodes = count + 1;
    let mut arcs = vec![vec![f64::MIN; nodes]; nodes];
    for (token, row) in scores.iter().enumerate() {
        for (head, score) in row.iter().enumerate() {
            let score = f64::from(*score);
            if head == count {
                arcs[token + 1][0] = score - toll;
            } else if head != token {
                arcs[token + 1][head + 1] = score;
            }
        }
    }
    let heads = arborescence(&arcs);
    heads
        .iter()
        .skip(1)
        .map(|head| head.checked_sub(1))
        .collect()
}

/// Returns the head of each node in the best tree below node 0; `arcs[node][head]`.
fn arborescence(arcs: &[Vec<f64>]) -> Vec<usize> {
    let mut heads: Vec<usize> = arcs.iter().map(|row| best_head(row)).collect();
    if let Some(first) = heads.first_mut() {
        *first = 0;
    }
    let Some(cycle) = find_cycle(&heads) else {
        return heads;
    };
    let mut is_inside = vec![false; arcs.len()];
    for node in &cycle {
        is_inside[*node] = true;
    }
    // The cycle becomes the last node of a smaller graph.
    let outside: Vec<usize> = (0..arcs.len()).filter(|node| !is_inside[*node]).collect();
    let joint = outside.len();
    let mut smaller = vec![vec![f64::MIN; joint + 1]; joint + 1];
    let mut entries = vec![0; joint];
    let mut exits = vec![0; joint];
    for (index, node) in outside.iter().enumerate() {
        for (other, head) in outside.iter().enumerate() {
            smaller[index][other] = arcs[*node][*head];
        }
        for inner in &cycle {
            let entering = arcs[*inner][*node] - arcs[*inner][heads[*inner]];
            if entries[index] == 0 || entering > smaller[joint][index] {
                smaller[joint][index] = entering;
                entries[index] = *inner;
            }
            let leaving = arcs[*node][*inner];
            if exits[index] == 0 || leaving > smaller[index][joint] {
                smaller[index][joint] = leaving;
                exits[index] = *inner;
            }
        }
    }
    let found = arborescence(&smaller);
    for (index, node) in outside.iter().enumerate() {
        heads[*node] = match found[index] {
            head if head == joint => exits[index],
            head => outside[head],
        };
    }
    let entry = found[joint];
    heads[entries[entry]] = outside[entry];
    heads
}

fn best_head(row: &[f64]) -> usize {
    let mut best = (f64::MIN, 0);
    for (head, score) in row.iter().enumerate() {
        if *score > best.0 {
            best = (*score, head);
        }
    }
    best.1
}

/// Returns the nodes of a cycle; node 0 stands in none.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // By which walk a node was met first.
    let mut met = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && met[node] == 0 {
            met[node] = start;
            node = heads[node];
        }
        if node != 0 && met[node] == start {
            let mut cycle = vec![node];
            let mut next = heads[node];
            while next != node {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matrix(rows: &[&[f32]]) -> Matrix {
        Matrix {
            columns: rows.len() + 1,
            values: rows.concat(),
        }
    }

    fn is_tree(heads: &[Option<usize>]) -> bool {
        let reaches_root = |start: usize| {
            let mut node = Some(start);
            for _ in 0..=heads.len() {
                node = node.and_then(|node| heads[node]);
            }
            node.is_none()
        };
        heads.iter().filter(|head| head.is_none()).count() == 1
            && (0..heads.len()).all(reaches_root)
    }

    fn total(scores: &Matrix, heads: &[Option<usize>]) -> f64 {
        let arc = |(token, head): (usize, &Option<usize>)| {
            f64::from(scores.row(token)[head.unwrap_or(heads.len())])
        };
        heads.iter().enumerate().map(arc).sum()
    }

    #[test]
    fn cycles_and_second_roots_are_broken_at_the_least_cost() {
        // 0 and 1 like each other best; 1 is the better root.
        let scores = matrix(&[&[0.0, 9.0, 1.0], &[9.0, 0.0, 4.0]]);
        assert_eq!(best_tree(&scores), [Some(1), None]);
        // Both would be roots.
        let scores = matrix(&[&[0.0, 1.0, 8.0], &[2.0, 0.0, 9.0]]);
        assert_eq!(best_tree(&scores), [None, Some(0)]);
        assert_eq!(best_tree(&matrix(&[&[0.0, -3.0]])), [None]);
        assert_eq!(best_tree(&Matrix::default()), []);
    }

    proptest! {
        #[test]
        fn trees_have_one_root_and_no_cycle(
            (count, values) in (1_usize..24).prop_flat_map(|count| {
                (Just(count), prop::collection::vec(-9_i16..9, count * (count + 1)))
            }),
        ) {
            let values = values.into_iter().map(f32::from).collect();
            let scores = Matrix { columns: count + 1, values };
            prop_assert!(is_tree(&best_tree(&scores)));
        }

        #[test]
        fn small_trees_are_the_best_of_all(
            (count, values) in (1_usize..5).prop_flat_map(|count| {
                (Just(count), prop::collection::vec(-99_i16..99, count * (count + 1)))
            }),
        ) {
            let values = values.into_iter().map(f32::from).collect();
            let scores = Matrix { columns: count + 1, values };
            let mut best = f64::MIN;
            for code in 0..(count + 1).pow(u32::try_from(count).unwrap()) {
                let mut code = code;
                let heads: Vec<Option<usize>> = (0..count)
                    .map(|_| {
                        let head = code % (count + 1);
                        code /= count + 1;
                        (head < count).then_some(head)
                    })
                    .collect();
                if is_tree(&heads) {
                    best = best.max(total(&scores, &heads));
                }
            }
            prop_assert!((total(&scores, &best_tree(&scores)) - best).abs() < 1e-9);
        }
    }
}
