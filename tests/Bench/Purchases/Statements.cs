using System.Globalization;
using Spectre.Console;

namespace MiStore.Bench.Purchases;

/// <summary>What PostgreSQL was asked during a measurement, statement by statement (pg_stat_statements).</summary>
static class Statements
{
    const int Most = 40;

    /// <summary>Restarts the server with the extension; the services have to bear that anyhow.</summary>
    public static async Task Watch(Store store)
    {
        await store.Execute("alter system set shared_preload_libraries = 'pg_stat_statements'");
        store.Restart("postgres");
        for (var until = DateTimeOffset.UtcNow.AddMinutes(1); ; await Task.Delay(200))
            try
            {
                await store.Execute("create extension if not exists pg_stat_statements");
                await store.Execute("alter system set pg_stat_statements.track_planning = on");
                await store.Execute("select pg_reload_conf()");
                return;
            }
            catch (Npgsql.NpgsqlException) when (DateTimeOffset.UtcNow < until)
            {
                // Not there again yet.
            }
    }

    public static Task Forget(Store store) => store.Execute("select pg_stat_statements_reset()");

    public static async Task Print(Store store, int purchases)
    {
        var table = new Table().AddColumns("database", "calls", "rows", "plan ms", "run ms", "statement (all for one purchase)");
        foreach (var row in await store.Query<(string Database, long Calls, long Rows, double Plan, double Run, string Text)>(
            $"""
            select d.datname::text, s.calls, s.rows, s.total_plan_time, s.total_exec_time, regexp_replace(s.query, '\s+', ' ', 'g')
            from pg_stat_statements s join pg_database d on d.oid = s.dbid
            where d.datname like '%db' order by s.total_plan_time + s.total_exec_time desc limit {Most}
            """))
            table.AddRow(
                row.Database, Each(row.Calls), Each(row.Rows), Each(row.Plan), Each(row.Run), Markup.Escape(row.Text[..Math.Min(110, row.Text.Length)]));
        AnsiConsole.Write(table);

        foreach (var (database, commits) in await store.Query<(string, long)>("select datname::text, xact_commit from pg_stat_database where datname like '%db'"))
            AnsiConsole.MarkupLineInterpolated($"{database}: {commits:N0} transactions since the server was made");

        string Each(double sum) => (sum / purchases).ToString("0.000", CultureInfo.InvariantCulture);
    }
}
