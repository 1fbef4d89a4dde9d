"""`python -m chapterhouse` is the command."""

from chapterhouse.cli import main

if __name__ == "__main__":
    main()
