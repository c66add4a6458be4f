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
    public static void Configure(NpgsqlDataSourceBuilder source)
    {
        SqlMapper.AddTypeHandler(new JsonColumn<WaitingRoomRules>());
        SqlMapper.AddTypeHandler(new JsonColumn<TicketList>());

        var connection = source.ConnectionStringBuilder;
        // More connections make one hot row slower, not faster: they only wait for each other.
        connection.MaxPoolSize = 32;
        // A buyer had rather hear a no than nothing.
        connection.CommandTimeout = 10;
        connection.MaxAutoPrepare = 64;
        // Nothing here outlives its transaction on a connection, so there is nothing to be reset before the next.
        connection.NoResetOnClose = true;
        // The role is taken as a connection opens, or it does not open. And a plan made while orders was empty would be
        // kept, and read the whole table ever after.
        connection.Options = "-c role=mistore_checkout -c plan_cache_mode=force_custom_plan";
    }

    /// <summary>A value kept as one jsonb column.</summary>
    sealed class JsonColumn<T> : SqlMapper.TypeHandler<T> where T : class
    {
        public override void SetValue(IDbDataParameter parameter, T? value) =>
            parameter.Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value);

        public override T? Parse(object value) => JsonSerializer.Deserialize<T>((string)value);
    }
}
