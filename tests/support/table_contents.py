"""What stands in every table of a server's database, as one checksum for each."""
import contextlib
import hashlib
import sqlite3
import subprocess


def contents(server, database):
    """{table: (rows, checksum)}. database: the URL of a PostgreSQL, or None for SQLite."""
    return of_postgres(database) if database else of_sqlite(server.data + "/d/slipway.db")


def of_sqlite(path):
    with contextlib.closing(sqlite3.connect("file:%s?mode=ro" % path, uri=True)) as db:
        db.text_factory = bytes
        names = [row[0].decode() for row in db.execute("select name from sqlite_master where type = 'table'")]
        found = {}
        for name in names:
            rows = sorted(repr(row) for row in db.execute('select * from "%s"' % name))
            found[name] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
        return found


def of_postgres(url):
    names = psql(url, "select tablename from pg_tables where schemaname = 'public'")
    one = "select '{0}', count(*), md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from \"{0}\" t"
    rows = psql(url, " union all ".join(one.format(name) for name in names))
    return {name: (int(count), checksum) for name, count, checksum in (row.split("|") for row in rows)}


def psql(url, statement):
    return subprocess.run(["psql", "-qAt", "-d", url, "-c", statement], check=True, stdout=subprocess.PIPE,
                          text=True).stdout.splitlines()
