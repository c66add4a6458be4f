using System.Data;
using System.Text.Json;
using Dapper;
using MiStore.Contracts.Sales;
using Npgsql;

namespace MiStore.Checkout;

/// <summary>
/// How this service talks to PostgreSQL: after its migrations never as the owner of the tables, but in a role that can only
/// append to the ledger.
/// </summary>
static class CheckoutDatabase
{
    /// <summary>Names the connections for whoever only looks rows up by their keys.</summary>
    public const string ByKey = "by-key";

    // A connection opens in this role, or it does not open.
    const string InItsRole = "-c role=mistore_checkout";

    // A plan made while orders was empty would be kept, and read the whole table ever after.
    const string PlannedEachTime = " -c plan_cache_mode=force_custom_plan";

    // A purchase says the same two dozen statements each time, and each is a look into an index. Told that there is no other
    // way, PostgreSQL plans them once, right for a table of any size: a twelfth of a lane's turn less.
    const string PlannedOnce =
        " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

    public static void Configure(NpgsqlDataSourceBuilder source)
    {
        SqlMapper.AddTypeHandler(new JsonColumn<WaitingRoomRules>());
        SqlMapper.AddTypeHandler(new JsonColumn<TicketList>());
        Configure(source, PlannedEachTime);
    }

    /// <summary>Connections for statements that an index answers, and for nothing else: a join of two tables would be very slow.</summary>
    public static NpgsqlDataSource PlanningOnce(string connectionString, ILoggerFactory? log = null)
    {
        var source = new NpgsqlDataSourceBuilder(connectionString);
        source.UseLoggerFactory(log);
        Configure(source, PlannedOnce);
        return source.Build();
    }

    static void Configure(NpgsqlDataSourceBuilder source, string planning)
    {
        var connection = source.ConnectionStringBuilder;
        // More connections make one hot row slower, not faster: they only wait for each other. And there are two sources of them in
        // each replica: PostgreSQL has a hundred unless somebody says more.
        connection.MaxPoolSize = 16;
        // A buyer had rather hear a no than nothing.
        connection.CommandTimeout = 10;
        connection.MaxAutoPrepare = 64;
        // Nothing here outlives its transaction on a connection, so there is nothing to be reset before the next.
        connection.NoResetOnClose = true;
        connection.Options = InItsRole + planning;
    }

    /// <summary>A value kept as one jsonb column.</summary>
    sealed class JsonColumn<T> : SqlMapper.TypeHandler<T> where T : class
    {
        public override void SetValue(IDbDataParameter parameter, T? value) =>
            parameter.Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value);

        public override T? Parse(object value) => JsonSerializer.Deserialize<T>((string)value);
    }
}
