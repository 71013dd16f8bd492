/// A zone that comes first by its name; the world is not called after it.
module attic

zone attic { title: "The Attic" }
