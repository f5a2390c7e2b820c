#[derive(Clone, Copy, Debug)]
pub struct Level(pub f32);

impl Level {
    pub fn flood(self) -> bool {
        self.0 > 4.5
    }
}
