using Dapper;
using MiStore.Checkout.Orders;
using MiStore.Checkout.Payments;
using Npgsql;

namespace MiStore.Checkout.Audit;

/// <summary>
/// Two books about the same money, kept by two parties: no charge without an order, no charge twice, no order called
/// paid that is not, no cent more or less.
/// </summary>
static class ProviderBook
{
    public sealed record Comparison(string Detail, IReadOnlyList<string> Differences);

    /// <summary>Our side of an order's money, in the currency's smallest unit.</summary>
    public sealed record OurOrder(Guid Id, string Number, Funds Funds, long Total, string Currency);

    public static async Task<Comparison> Compare(NpgsqlDataSource db, IPaymentProvider provider, CancellationToken cancellation)
    {
        IReadOnlyList<BookEntry>? book;
        Dictionary<Guid, OurOrder> before;
        try
        {
            before = await Orders(db, null, cancellation);
            book = await provider.ReadBook(cancellation);
        }
        catch (Exception exception) when (exception is PaymentOutcomeUnknown or PaymentRequestRefused)
        {
            return new Comparison("the provider's book could not be read", [$"The provider's book could not be read: {exception.Message}"]);
        }

        if (book is null)
            return new Comparison("the provider shows nobody its book; compare its report by hand", []);

        var differences = Differences(before, book);
        if (differences.Count > 0)
        {
            // The shop goes on between the two readings: what differed is looked at once more, as it is now.
            var now = await Orders(db, [.. differences.Keys], cancellation);
            book = (await provider.ReadBook(cancellation))!;
            var again = Differences(now, [.. book.Where(entry => entry.OrderId is { } id && differences.ContainsKey(id))]);
            differences = differences.Where(pair => again.ContainsKey(pair.Key)).ToDictionary(pair => pair.Key, pair => again[pair.Key]);
        }

        return new Comparison(
            $"{book.Count} payments at the provider, {book.Count(entry => entry.Captured > 0)} captured, {book.Count(entry => entry.Refunded > 0)} refunded",
            [.. differences.Values]);
    }

    /// <summary>What does not agree, by order. An outcome that we still ask about is no difference.</summary>
    public static Dictionary<Guid, string> Differences(IReadOnlyDictionary<Guid, OurOrder> orders, IReadOnlyList<BookEntry> book)
    {
        var differences = new Dictionary<Guid, string>();
        var atProvider = book.Where(entry => entry.OrderId is not null).ToLookup(entry => entry.OrderId!.Value);

        foreach (var payments in atProvider)
        {
            var (captured, kept) = (payments.Sum(payment => payment.Captured), payments.Sum(payment => payment.Captured - payment.Refunded));
            if (!orders.TryGetValue(payments.Key, out var order))
            {
                if (kept > 0)
                    differences[payments.Key] = $"charge without order: {kept} kept for {payments.Key}";
                continue;
            }

            if (payments.Count(payment => payment.Captured > 0) > 1)
                differences[order.Id] = $"order {order.Number} was charged {payments.Count(payment => payment.Captured > 0)} times";
            else if (captured > 0 && (captured != order.Total || payments.First(payment => payment.Captured > 0).Currency != order.Currency))
                differences[order.Id] = $"order {order.Number} costs {order.Total} {order.Currency}, charged {captured}";
        }

        foreach (var order in orders.Values)
        {
            var kept = atProvider[order.Id].Sum(payment => payment.Captured - payment.Refunded);
            var expected = order.Funds switch
            {
                Funds.Captured => order.Total,
                Funds.None or Funds.Declined or Funds.Refunded => 0,
                _ => kept,
            };
            if (kept != expected)
                differences.TryAdd(order.Id, $"order {order.Number} is {Columns.Word(order.Funds)} here, the provider keeps {kept} {order.Currency}");
        }

        return differences;
    }

    static async Task<Dictionary<Guid, OurOrder>> Orders(NpgsqlDataSource db, Guid[]? only, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(Guid Id, string Number, string Funds, long Total, string Currency)>(
            "select id, number, funds, total, currency from orders where @only::uuid[] is null or id = any(@only)", new { only }, commandTimeout: 120);
        return rows.ToDictionary(
            row => row.Id, row => new OurOrder(row.Id, row.Number, Enum.Parse<Funds>(row.Funds, ignoreCase: true), row.Total, row.Currency));
    }
}
