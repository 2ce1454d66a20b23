"""Three pinboards that live: what `pindown demo` shows. All of their numbers are made up."""
