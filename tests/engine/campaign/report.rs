//! The figures as a page: docs/interruptions-report.md.

use std::{fmt::Write as _, fs, path::PathBuf, process::Command, thread, time::Duration};

use serde_json::Value;

use super::figures::{COLUMNS, Figures};
use crate::tools;

const HEAD: &str = "\
<!-- Written by `make interruptions`. -->

# Interruptions: the figures

What came of interrupting the real Pulumi engine and the provider, on AWS on loopback. The program is a `Vpc` with all
that it can have: three zones with a NAT gateway each, gateway and interface endpoints, flow logs; 59 resources. In the
same account somebody else has the same network, from a stack of the same name. After each fault the run is repeated as
[After an interruption](after-an-interruption.md) says, and the account is compared with what an undisturbed deployment
makes, with what the state knows, and with what the others had; then everything is destroyed, and the account looked
at once more.

";

const COLUMNS_EXPLAINED: &str = "
- **orphans**: things in the account that no state knows, before `destroy` or after it.
- **duplicates**: more of a kind than the program asks for.
- **foreign resources touched**: things of the others that differ afterwards, or that a changing call named.
- **wrong deletes**: things that the program asks for and that are gone, or deletions by a run that had none to make.
- **otherwise than the page says**: a run that failed, found changes once all should be well, or warned on.

";

const FOOT: &str = "\
## Again

    make interruptions                        # all of it
    PART=engine_destroy make interruptions    # one part; the others' figures stay

Points of a run are spread evenly: every other one over all its calls, the rest over those that change something. The
call is held, before AWS acts or after, while the process is killed.
";

fn folder() -> PathBuf {
    let folder = tools::root().join("target/interruptions");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Forgets what came of a part that is about to be run again.
pub fn forget(name: &str) {
    // The first time there is nothing to forget.
    let _ = fs::remove_file(folder().join(format!("{name}.json")));
}

/// Writes down what came of a part.
pub fn keep(name: &str, figures: &Figures, took: Duration) {
    let mut kept = figures.to_json();
    kept["seconds"] = took.as_secs().into();
    fs::write(folder().join(format!("{name}.json")), serde_json::to_string_pretty(&kept).unwrap()).unwrap();
}

/// Makes the page of all parts.
pub fn write(parts: &[(&str, &str)]) {
    let kept = |name: &str| {
        let path = folder().join(format!("{name}.json"));
        let text = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{name} has not been run: make interruptions"));
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let rows: Vec<_> = parts.iter().map(|(name, title)| (*title, kept(name))).collect();
    let mut page = HEAD.to_owned();
    write_table(&mut page, &rows);
    page.push_str(COLUMNS_EXPLAINED);
    write_place(&mut page, &rows);
    write_notes(&mut page, &rows);
    write_faults(&mut page, &rows);
    page.push_str(FOOT);
    fs::write(folder().join("report.md"), page).unwrap();
}

fn write_table(page: &mut String, rows: &[(&str, Value)]) {
    let _ = writeln!(page, "| | {} |\n| --- {}|", COLUMNS.join(" | "), "| ---: ".repeat(COLUMNS.len()));
    let mut sums = [0; COLUMNS.len()];
    for (title, kept) in rows {
        let row = figures(kept);
        let _ = writeln!(page, "| {title} | {} |", row.map(|figure| figure.to_string()).join(" | "));
        sums.iter_mut().zip(row).for_each(|(sum, figure)| *sum += figure);
    }
    let _ = writeln!(page, "| **all** | {} |", sums.map(|sum| format!("**{sum}**")).join(" | "));
}

fn figures(kept: &Value) -> [u64; COLUMNS.len()] {
    std::array::from_fn(|column| kept["figures"][column].as_u64().unwrap())
}

fn write_place(page: &mut String, rows: &[(&str, Value)]) {
    let version = Command::new(tools::made("bin/pulumi", "tools")).arg("version").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let minutes = rows.iter().map(|(_, kept)| kept["seconds"].as_u64().unwrap()).sum::<u64>() / 60;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let _ = writeln!(
        page,
        "Pulumi {}, {}, {cores} cores; {minutes} minutes of runs, as many at once as there are cores.\n",
        version.trim(),
        std::env::consts::OS
    );
}

fn write_notes(page: &mut String, rows: &[(&str, Value)]) {
    let notes = |kept: &Value| kept["notes"].as_array().unwrap().clone();
    if rows.iter().all(|(_, kept)| notes(kept).is_empty()) {
        return;
    }
    page.push_str("## What was wrong\n\n");
    for (title, kept) in rows {
        for note in notes(kept) {
            let _ = writeln!(page, "- {title}: {}", note.as_str().unwrap());
        }
    }
    page.push('\n');
}

fn write_faults(page: &mut String, rows: &[(&str, Value)]) {
    page.push_str("## The faults\n\nIn the order of the points; `before` and `after` AWS acted.\n\n");
    for (title, kept) in rows {
        let faults = kept["faults"].as_array().unwrap().iter().map(|fault| fault.as_str().unwrap());
        let _ = writeln!(page, "- **{title}**: {}.", faults.collect::<Vec<_>>().join(", "));
    }
    page.push('\n');
}
