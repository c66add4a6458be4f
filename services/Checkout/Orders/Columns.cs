using System.Text.Json;
using MiStore.Checkout.Stock;
using MiStore.Contracts;
using MiStore.Contracts.Sales;
using Npgsql;
using NpgsqlTypes;

namespace MiStore.Checkout.Orders;

/// <summary>How rows become values and back.</summary>
static class Columns
{
    public const string OfOrder =
        "id, number, market, status, total, currency, reserved_until, payment_token, funds, payment_id, payment_due, payment_attempts, reason, timeline";

    public const int OrderCount = 14;

    public static Order ReadOrder(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        Enum.Parse<OrderStatus>(row.GetString(3), ignoreCase: true),
        new Money(row.GetInt64(4), row.GetString(5)),
        row.GetFieldValue<DateTimeOffset>(6),
        row.GetString(7),
        Enum.Parse<Funds>(row.GetString(8), ignoreCase: true),
        row.IsDBNull(9) ? null : row.GetString(9),
        row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10),
        row.GetInt32(11),
        row.IsDBNull(12) ? null : row.GetString(12),
        JsonSerializer.Deserialize<TimelineEntry[]>(row.GetString(13))!);

    public static Batch ReadBatch(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3),
        row.GetFieldValue<DateTimeOffset>(4),
        row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5),
        row.IsDBNull(6) ? null : row.GetInt32(6),
        row.GetInt32(7), row.GetInt32(8), row.GetInt32(9), row.GetInt32(10),
        row.IsDBNull(11) ? null : JsonSerializer.Deserialize<WaitingRoomRules>(row.GetString(11)),
        row.IsDBNull(12) ? null : JsonSerializer.Deserialize<TicketList>(row.GetString(12)));

    public static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    public static TResult[] ToArray<T, TResult>(this IReadOnlyCollection<T> rows, Func<T, TResult> column) => [.. rows.Select(column)];

    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter
            {
                Value = value,
                // A column of nothing but nulls has no type of its own.
                NpgsqlDbType = value switch
                {
                    string?[] => NpgsqlDbType.Array | NpgsqlDbType.Text,
                    DateTimeOffset?[] => NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
                    DateTimeOffset => NpgsqlDbType.TimestampTz,
                    DateTimeOffset[] => NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
                    Guid[] => NpgsqlDbType.Array | NpgsqlDbType.Uuid,
                    int[] => NpgsqlDbType.Array | NpgsqlDbType.Integer,
                    long[] => NpgsqlDbType.Array | NpgsqlDbType.Bigint,
                    byte[][] => NpgsqlDbType.Array | NpgsqlDbType.Bytea,
                    string => NpgsqlDbType.Text,
                    long => NpgsqlDbType.Bigint,
                    Guid => NpgsqlDbType.Uuid,
                    _ => throw new ArgumentOutOfRangeException(nameof(values), value.GetType().Name),
                },
            });
        batch.BatchCommands.Add(command);
        return command;
    }
}
