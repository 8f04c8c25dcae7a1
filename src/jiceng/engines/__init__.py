"""Many machines: the same pure function by Ray or by Spark, and what it gave merged into one build.

Documents travel as rows of Arrow tables (`shards`). Scheduling, retries and the ways between machines are the
engines' own. `ray` and `spark` need the extras of these names and are imported by nothing else.
"""
