//! `make interruptions`: what a deployment is interrupted by, at points all over it, counted.
//!
//! Each part is a test that runs by itself, and writes its figures to `target/interruptions`; `report` makes a page of
//! what is there. An ordinary run of the tests tries a few points only.
#![allow(clippy::print_stdout, reason = "it takes long, and says what it does")]

mod faults;
mod figures;
mod ground;
mod largest;
mod report;
mod scenes;

use std::time::Instant;

use self::{
    faults::Verb::{Deployment, Destroy},
    figures::Figures,
};
use crate::cut::{At, Death};

/// How many points of a run are tried.
const OF_A_DEPLOYMENT: usize = 13;
const OF_A_DESTROY: usize = 8;

/// The parts of the campaign: the test's name, the words for it, and what it does.
macro_rules! parts {
    ($($name:ident: $title:literal => $tries:expr;)*) => {
        /// The parts in the report's order, each with its title.
        pub const PARTS: &[(&str, &str)] = &[$((stringify!($name), $title)),*];

        mod part {
            use super::{Death, Deployment, Destroy, OF_A_DEPLOYMENT, OF_A_DESTROY, faults, run, scenes};

            $(
                #[test]
                #[ignore = "minutes: `make interruptions`"]
                fn $name() {
                    run(stringify!($name), || $tries);
                }
            )*
        }
    };
}

parts! {
    provider_deployment: "provider killed, deployment" => faults::try_all(Death::Provider, Deployment, OF_A_DEPLOYMENT);
    provider_destroy: "provider killed, destroy" => faults::try_all(Death::Provider, Destroy, OF_A_DESTROY);
    engine_deployment: "engine killed, deployment" => faults::try_all(Death::Engine, Deployment, OF_A_DEPLOYMENT);
    engine_destroy: "engine killed, destroy" => faults::try_all(Death::Engine, Destroy, OF_A_DESTROY);
    both_deployment: "both killed, deployment" => faults::try_all(Death::Both, Deployment, OF_A_DEPLOYMENT);
    both_destroy: "both killed, destroy" => faults::try_all(Death::Both, Destroy, OF_A_DESTROY);
    ctrl_c_deployment: "Ctrl-C, deployment" => faults::try_all(Death::CtrlC, Deployment, OF_A_DEPLOYMENT);
    ctrl_c_destroy: "Ctrl-C, destroy" => faults::try_all(Death::CtrlC, Destroy, OF_A_DESTROY);
    ctrl_c_twice: "Ctrl-C twice, deployment" => faults::try_all(Death::CtrlCTwice, Deployment, OF_A_DESTROY);
    young_replaced: "young resources replaced by force" => scenes::young_replaced();
    old_replaced: "old resources replaced by force" => scenes::old_replaced();
    state_deleted: "`pulumi state delete`" => scenes::state_deleted();
    renamed: "renamed by alias, the old name used again" => scenes::renamed();
    retained: "retained, and added again" => scenes::retained();
    two_people: "two people, equal names, both cut off" => scenes::two_people();
}

fn run(name: &str, tries: impl FnOnce() -> Figures) {
    report::forget(name);
    let begun = Instant::now();
    let figures = tries();
    report::keep(name, &figures, begun.elapsed());
    assert!(figures.is_clean(), "{:?} of {:?}: {:#?}", figures.row(), figures::COLUMNS, figures.notes);
}

/// Makes the page of what the parts have written.
#[test]
#[ignore = "the end of `make interruptions`"]
fn report() {
    report::write(PARTS);
}

#[track_caller]
fn assert_comes_back(figures: Figures) {
    assert!(figures.is_clean(), "{:?} of {:?}: {:#?}", figures.row(), figures::COLUMNS, figures.notes);
    assert_eq!(figures.tried, 1, "the run was over before the call came");
}

#[test]
fn the_largest_network_comes_back_after_each_kind_of_death() {
    let ground = ground::Ground::shared();
    for (death, at) in [
        (Death::Provider, At { operation: "CreateSubnet", call: 5, when: "after" }),
        (Death::Engine, At { operation: "CreateNatGateway", call: 2, when: "before" }),
        (Death::Both, At { operation: "CreateVpcEndpoint", call: 4, when: "after" }),
    ] {
        let mut figures = Figures::default();
        faults::of_deployment(&ground, &at, death, &mut figures);
        assert_comes_back(figures);
    }
    let mut figures = Figures::default();
    faults::of_destroy(
        &ground,
        &At { operation: "DeleteSubnet", call: 3, when: "after" },
        Death::Both,
        true,
        &mut figures,
    );
    assert_comes_back(figures);
}
