//! What a task on AWS Fargate can have.

/// Sizes of memory, in MiB: from the least to the most, in steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// The least.
    pub least: u32,
    /// The most.
    pub most: u32,
    /// The step between two sizes.
    pub step: u32,
}

const fn memory(least: u32, most: u32, step: u32) -> Memory {
    Memory { least, most, step }
}

/// Sizes of memory by CPU units.
///
/// Source: "Task CPU and memory", Amazon ECS Developer Guide. (256 units take 512, 1024 and 2048 MiB: not 1536.)
pub const SIZES: &[(u32, &[Memory])] = &[
    (256, &[memory(512, 1024, 512), memory(2048, 2048, 1024)]),
    (512, &[memory(1024, 4096, 1024)]),
    (1024, &[memory(2048, 8192, 1024)]),
    (2048, &[memory(4096, 16384, 1024)]),
    (4096, &[memory(8192, 30720, 1024)]),
    (8192, &[memory(16384, 61440, 4096)]),
    (16384, &[memory(32768, 122_880, 8192)]),
];

/// The sizes of memory that go with so many CPU units; none where there is no such number of units.
#[must_use]
pub fn memory_of(cpu: u32) -> Option<&'static [Memory]> {
    SIZES.iter().find(|(units, _)| *units == cpu).map(|(_, sizes)| *sizes)
}

/// Sizes in words.
#[must_use]
pub fn all_told(sizes: &[Memory]) -> String {
    sizes.iter().map(|some| some.told()).collect::<Vec<_>>().join(", ")
}

/// How many seconds a container may take to start or to end.
///
/// Source: "ContainerDefinition", Amazon ECS API Reference.
pub const LONGEST_TIMEOUT: i32 = 120;

impl Memory {
    /// Whether a size is one of these.
    #[must_use]
    pub fn has(self, size: u32) -> bool {
        (self.least..=self.most).contains(&size) && (size - self.least).is_multiple_of(self.step)
    }

    /// The sizes in words.
    #[must_use]
    pub fn told(self) -> String {
        match self {
            Memory { least, most, .. } if least == most => least.to_string(),
            Memory { least, most, step } if least + step == most => format!("{least}, {most}"),
            Memory { least, most, step } => format!("{least} to {most} in steps of {step}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_of_the_guide() {
        let takes =
            |cpu: u32, size: u32| SIZES.iter().any(|(of, all)| *of == cpu && all.iter().any(|some| some.has(size)));
        for (cpu, size) in
            [(256, 512), (256, 2048), (512, 3072), (1024, 8192), (4096, 30720), (8192, 20480), (16384, 122_880)]
        {
            assert!(takes(cpu, size), "{cpu} {size}");
        }
        for (cpu, size) in
            [(256, 1536), (256, 4096), (512, 512), (1024, 2500), (4096, 31744), (8192, 17408), (16384, 36864)]
        {
            assert!(!takes(cpu, size), "{cpu} {size}");
        }
    }

    #[test]
    fn sizes_are_told_in_words() {
        let told: Vec<_> =
            SIZES.iter().map(|(_, all)| all.iter().map(|some| some.told()).collect::<Vec<_>>().join(", ")).collect();
        assert_eq!(told[0], "512, 1024, 2048");
        assert_eq!(told[5], "16384 to 61440 in steps of 4096");
    }
}
