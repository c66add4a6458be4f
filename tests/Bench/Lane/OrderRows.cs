using System.Text.Json;
using MiStore.Checkout.Orders;
using MiStore.Contracts.Orders;
using MiStore.Messaging;
using Npgsql;
using NpgsqlTypes;

namespace MiStore.Bench.Lane;

/// <summary>One order's rows for the designs that write one order at a time.</summary>
static class OrderRows
{
    /// <summary>Takes the twenty parameters of <see cref="AddOrder"/>.</summary>
    public const string InsertOrder =
        """
        insert into orders (
            id, number, market, status, idempotency_key, request_hash, email, customer_name, customer_keys, shipping_address,
            quote, total, currency, cart_id, payment_token, funds, payment_due, placed_at, reserved_until, timeline)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        """;

    /// <summary>Few connections, as Checkout has them, and the same care with statements; plans may be kept.</summary>
    public static NpgsqlDataSource Connect(Shop shop)
    {
        var source = new NpgsqlDataSourceBuilder(shop.ConnectionString);
        source.ConnectionStringBuilder.MaxPoolSize = 32;
        source.ConnectionStringBuilder.MaxAutoPrepare = 64;
        // 256 callers wait for 32 connections.
        source.ConnectionStringBuilder.Timeout = 60;
        return source.Build();
    }

    public static void AddOrder(this NpgsqlParameterCollection parameters, Placement placement)
    {
        var order = placement.ToOrder().On(new OrderFact.PaymentStarted(), placement.PlacedAt).Order;
        parameters.AddWithValue(placement.OrderId);
        parameters.AddWithValue(placement.Number);
        parameters.AddWithValue(placement.Quote.Market);
        parameters.AddWithValue("paying");
        parameters.AddWithValue(placement.IdempotencyKey);
        parameters.AddWithValue(placement.RequestHash);
        parameters.AddWithValue(placement.Customer.Email);
        parameters.AddWithValue(placement.Customer.Name);
        parameters.AddWithValue(placement.CustomerKeys.ToArray());
        parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(placement.ShippingAddress));
        parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(placement.Quote));
        parameters.AddWithValue(placement.Quote.Total.Amount);
        parameters.AddWithValue(placement.Quote.Currency);
        parameters.AddWithValue(NpgsqlDbType.Text, (object?)placement.CartId ?? DBNull.Value);
        parameters.AddWithValue(placement.PaymentToken);
        parameters.AddWithValue("asked");
        parameters.AddWithValue(order.PaymentDue!);
        parameters.AddWithValue(placement.PlacedAt);
        parameters.AddWithValue(placement.ReservedUntil);
        parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(order.Timeline));
    }

    public static OutboxRows Messages(Placement placement) => OutboxRows.Of(
    [
        OrdersProgressed.Of(placement.Quote.Market,
        [
            new OrderPlaced(
                placement.OrderId, placement.Number, placement.Quote.Market, placement.Quote.Total, placement.CartId, placement.ReservedUntil),
        ]),
    ]);
}
