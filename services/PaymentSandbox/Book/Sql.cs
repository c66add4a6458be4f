using Npgsql;
using NpgsqlTypes;

namespace MiStore.PaymentSandbox.Book;

/// <summary>Parameters and columns that may be null, which plain ADO.NET makes long-winded.</summary>
static class Sql
{
    public static void AddAll(this NpgsqlParameterCollection parameters, params ReadOnlySpan<NpgsqlParameter> values)
    {
        foreach (var value in values)
            parameters.Add(value);
    }

    public static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Instant(DateTimeOffset? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static T[] Column<TRow, T>(IReadOnlyCollection<TRow> rows, Func<TRow, T> column) => [.. rows.Select(column)];

    public static NpgsqlParameter Texts<TRow>(IReadOnlyCollection<TRow> rows, Func<TRow, string?> column) =>
        new() { Value = Column(rows, column), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public static NpgsqlParameter Instants<TRow>(IReadOnlyCollection<TRow> rows, Func<TRow, DateTimeOffset?> column) =>
        new() { Value = Column(rows, column), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };

    public static string? TextOf(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset? InstantOf(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
