use demarche::coder::*; use demarche::evaluate::*; use demarche::ingest::*; use demarche::lexicon::*; use demarche::model::*; use demarche::relation::*; use demarche::text::*;
use std::fs;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let (dir, gold) = (&args[1], &args[2]);
    let show = args.get(3).is_some_and(|a| a == "show");
    let lexicon = Lexicon::bundled().unwrap(); let analyser = Analyser::bundled().unwrap();
    let mut names: Vec<String> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).filter(|n| n.ends_with(".txt")).map(|n| n.trim_end_matches(".txt").to_owned()).collect();
    names.sort();
    let data: Vec<_> = names.iter().filter_map(|n| { let a = read_text(&fs::read_to_string(format!("{dir}/{n}.txt")).unwrap(), &ReadOptions::default()).into_article(); let g = match fs::read_to_string(format!("{gold}/{n}.tsv")) { Ok(t) => parse_gold(n, &t).map_err(|e| println!("BAD {e}")).ok()?, Err(_) => vec![] }; Some((n.clone(), a, g)) }).collect();
    let own; let model = match args.iter().position(|a| a == "--model") { Some(i) => { own = RelationModel::decode(&fs::read(&args[i + 1]).unwrap()).unwrap(); &own } None => RelationModel::bundled().unwrap() };
    let jf = args.iter().position(|a| a == "--judge").map(|i| args[i + 1].clone());
    let base = match &jf { Some(f) => ActJudge::parse(f, &fs::read_to_string(f).unwrap()).unwrap(), None => ActJudge::bundled().unwrap() };
    let run = |t: f32| -> Vec<Vec<Event>> {
        let n = data.len().div_ceil(2);
        let base = &base;
        std::thread::scope(|s| data.chunks(n).map(|c| s.spawn(move || { let mut j = base.clone(); j.threshold = t; let coder = Coder::new(lexicon, analyser).unwrap().with_model(model).with_judge(j); c.iter().map(|(_, a, _)| coder.code(a).events).collect::<Vec<_>>() })).collect::<Vec<_>>().into_iter().flat_map(|h| h.join().unwrap()).collect())
    };
    let grid = if show { vec![base.threshold] } else { vec![0.2, 0.3, 0.4, 0.5, 0.6, 0.7] };
    for t in grid {
        let ev = run(t);
        let s = score_documents(data.iter().zip(&ev).map(|((_, _, g), e)| (g.as_slice(), e.as_slice())));
        print!("{t:?}");
        for (l, c) in Level::ALL.iter().zip(s.levels) { print!(" | {} {:.3}/{:.3}", l.name().split(' ').last().unwrap(), c.precision(), c.recall()); }
        println!(" status {}/{} date {}/{} false {}/{}", s.status_right, s.levels[1].right, s.date_right, s.dated, s.false_in_empty, s.empty_articles);
        if show { for ((n, a, g), e) in data.iter().zip(&ev) {
            println!("== {n}");
            let place = |id: &str, c: Option<CountryCode>| match c { Some(c) if !id.starts_with("igo:") => c.to_string(), _ => id.to_owned() };
            let mut used = vec![false; g.len()];
            for x in e { for (p, q) in x.dyads() { 
                let (sp, tp) = (place(p.actor.as_str(), p.country), place(q.actor.as_str(), q.country));
                let hit = g.iter().enumerate().position(|(i, y)| !used[i] && Some(y.plover) == x.act.plover && { let (gs, gt) = (place(y.source.as_str(), y.source_country), place(y.target.as_str(), y.target_country)); (gs == sp && gt == tp) || ((y.symmetric || x.act.symmetric || y.plover == PloverType::Consult) && gs == tp && gt == sp) });
                let tag = match hit { Some(i) => { used[i] = true; let mut m = String::from("ok   "); if g[i].status != x.status() { m = format!("STAT {} for {}", x.status(), g[i].status); } else if g[i].date.is_some_and(|d| d.start != x.date.start || d.precision != x.date.precision) { m = format!("DATE for {}", g[i].date.unwrap()); } m } None => "FALSE".into() };
                println!("{tag} {} -{} {:?}- {} {} {} c{} | {}", p.actor, x.act.cameo, x.act.plover, q.actor, x.status(), x.date, x.confidence(), x.mentions[0].spans.sentence.of(&a.text).unwrap_or("").replace('\n', " "));
            } }
            for (i, y) in g.iter().enumerate() { if !used[i] { println!("MISS {} -{} {}- {} {} | {}", y.source, y.cameo, y.plover, y.target, y.status, y.evidence); } }
        } }
    }
}
