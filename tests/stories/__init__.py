"""What a person does, and what they then see: pilot stories, a few pictures, a few runs in a real terminal."""
