using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MiStore.Checkout.Offers;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Quotes;
using MiStore.Contracts.Sales;
using Npgsql;

namespace MiStore.Checkout.Orders;

/// <summary>
/// The buyer accepts a quote. 201 means that the units are held, durably; the payment runs behind it. The same key and
/// body give the same order for ever, however often and at the same time they are sent.
/// </summary>
public static class PlaceOrder
{
    /// <param name="Quote">As POST /api/quotes gave it.</param>
    /// <param name="CartId">The cart that the quote was made of, where there is one.</param>
    public sealed record Request(
        [property: Required, StringLength(QuoteSignature.MaxLength)] string Quote,
        [property: Required] CustomerRequest Customer,
        [property: Required] AddressRequest ShippingAddress,
        [property: Required] PaymentRequest Payment,
        [property: StringLength(64)] string? CartId = null);

    public sealed record CustomerRequest(
        [property: Required, EmailAddress, StringLength(254)] string Email,
        [property: Required, StringLength(120, MinimumLength = 1)] string Name);

    public sealed record AddressRequest(
        [property: Required, StringLength(120, MinimumLength = 1)] string Name,
        [property: Required, StringLength(160, MinimumLength = 1)] string Line1,
        [property: Required, StringLength(120, MinimumLength = 1)] string City,
        [property: Required, StringLength(20, MinimumLength = 1)] string PostalCode,
        [property: Required, StringLength(2, MinimumLength = 2)] string Country,
        [property: StringLength(160)] string? Line2 = null,
        [property: StringLength(60)] string? Region = null);

    /// <param name="Method">card.</param>
    /// <param name="Token">The payment provider's token for the card.</param>
    public sealed record PaymentRequest(
        [property: Required, AllowedValues("card")] string Method,
        [property: Required, StringLength(200, MinimumLength = 1), RegularExpression("[A-Za-z0-9_-]+")] string Token);

    public static void MapPlaceOrder(this RouteGroupBuilder orders) => orders
        .MapPost("/", Handle)
        .WithName(nameof(PlaceOrder))
        .WithSummary("Place an order for a quote")
        .Produces<PlacedOrderView>(StatusCodes.Status200OK)
        .Produces<PlacedOrderView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="saleTicket">For a batch that is sold in turn: the ticket of somebody who is admitted.</param>
    static async Task<Results<Created<PlacedOrderView>, Ok<PlacedOrderView>, ProblemHttpResult>> Handle(
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, [FromHeader(Name = TicketSeal.Header)] string? saleTicket,
        Request request, QuoteSignature signature, TicketSeal seal, OfferCopies offers, OrderLanes lanes, OrderWaiters waiters,
        [FromKeyedServices(CheckoutDatabase.ByKey)] NpgsqlDataSource db, AccessTokens tokens, IOptions<ReservationOptions> reservations,
        TimeProvider clock, CancellationToken cancellation)
    {
        if (!IsKey(idempotencyKey))
            return OrderProblems.KeyNeeded();
        if (signature.Open(request.Quote) is not { } quote)
            return OrderProblems.InvalidQuote();
        var ticket = string.IsNullOrEmpty(saleTicket) ? null : seal.Open(saleTicket);
        if (ticket is null && !string.IsNullOrEmpty(saleTicket))
            return OrderProblems.InvalidTicket();

        var now = AsKept(clock.GetUtcNow());
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request));
        if ((Refusal(quote, request, offers, now) ?? Refusal(ticket, request, now)) is { } refusal)
            // What was accepted once stays accepted: a client that asks again after the quote has run out gets its order.
            return await Replay(db, tokens, idempotencyKey!, hash, cancellation) ?? refusal;

        var customer = new Customer(request.Customer.Email.Trim(), request.Customer.Name.Trim());
        var address = AddressOf(request.ShippingAddress);
        var orderId = Guid.CreateVersion7();
        var placement = new Placement(
            orderId, OrderNumbers.New(quote.Market), idempotencyKey!, hash, customer, Customers.KeysOf(customer, address), address, quote,
            request.CartId, request.Payment.Token,
            [.. quote.Lines.GroupBy(line => line.Sku).Select(lines => new WantedUnits(
                lines.Key, lines.Sum(line => line.Quantity), offers.Find(quote.Market, lines.Key)!.At(now).LimitPerCustomer))],
            now, now + TimeSpan.FromSeconds(reservations.Value.HoldSeconds), ticket);

        var order = OrderView.Of(placement);
        waiters.Expect(order);
        var result = await lanes.Of(quote.Market).Place(placement).WaitAsync(cancellation);
        if (result is not PlacementResult.Reserved)
            waiters.Withdraw(orderId);

        return result switch
        {
            PlacementResult.Reserved => TypedResults.Created($"/api/orders/{orderId}", PlacedOrderView.Of(order, tokens.For(orderId))),
            PlacementResult.Replayed => await Replay(db, tokens, idempotencyKey!, hash, cancellation)
                ?? throw new InvalidOperationException("An order that was just found is gone; orders are never deleted."),
            PlacementResult.KeyReused => OrderProblems.KeyReused(),
            PlacementResult.Busy => OrderProblems.Busy(),
            PlacementResult.SoldOut soldOut => OrderProblems.SoldOut(soldOut),
            PlacementResult.NotYetOpen notYet => OrderProblems.NotYetOpen(notYet.Sku, notYet.AvailableFrom),
            PlacementResult.LimitExceeded limit => OrderProblems.LimitExceeded(limit.Sku, limit.Limit),
            PlacementResult.TicketRequired ticketless => OrderProblems.TicketRequired(ticketless.Sku, ticketless.SaleId),
            PlacementResult.TicketUsed used => OrderProblems.TicketUsed(used.SaleId),
            var other => throw new InvalidOperationException($"{other} is no answer."),
        };
    }

    // Everything that can be refused without looking at stock, in the order in which a buyer would want to hear it.
    static ProblemHttpResult? Refusal(Quote quote, Request request, OfferCopies offers, DateTimeOffset now)
    {
        if (quote.ExpiresAt <= now)
            return OrderProblems.QuoteExpired(quote.ExpiresAt);
        if (!IsSamePlace(quote.Destination, request.ShippingAddress))
            return OrderProblems.AddressMismatch();

        var changes = new List<PriceChange>();
        foreach (var line in quote.Lines)
        {
            var terms = offers.Find(quote.Market, line.Sku)?.At(now) ?? OfferTerms.NotOffered;
            switch (terms.State)
            {
                case OfferState.Upcoming:
                    return OrderProblems.NotYetOpen(line.Sku, terms.AvailableFrom);
                case OfferState.Paused:
                    return OrderProblems.Paused(line.Sku, terms.PauseCode);
                case OfferState.Sellable when terms.Price is { } price:
                    if (price != line.UnitPrice)
                        changes.Add(new PriceChange(line.Sku, line.UnitPrice, price));
                    break;
                default:
                    return OrderProblems.NotSoldInMarket(line.Sku, terms.Reasons ?? []);
            }
        }

        return changes.Count > 0 ? OrderProblems.PriceChanged(changes) : null;
    }

    // A ticket opens its sale to its holder, from the admission on and until it ends. Whether it was used, only the lane knows.
    static ProblemHttpResult? Refusal(Ticket? ticket, Request request, DateTimeOffset now)
    {
        if (ticket is null)
            return null;
        if (ticket.AdmittedUntil is not { } admittedUntil)
            return OrderProblems.NotAdmitted(ticket.SaleId);
        if (admittedUntil <= now)
            return OrderProblems.TicketExpired(ticket.SaleId, admittedUntil);
        return ticket.Holder == Mailbox.KeyOf(request.Customer.Email) ? null : OrderProblems.NotYourTicket(ticket.SaleId);
    }

    static async Task<Results<Created<PlacedOrderView>, Ok<PlacedOrderView>, ProblemHttpResult>?> Replay(
        NpgsqlDataSource db, AccessTokens tokens, string idempotencyKey, byte[] hash, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        var known = await connection.QuerySingleOrDefaultAsync<(Guid Id, byte[] Hash)>(
            "select id, request_hash from orders where idempotency_key = @idempotencyKey", new { idempotencyKey });
        if (known.Hash is null)
            return null;
        if (!known.Hash.AsSpan().SequenceEqual(hash))
            return OrderProblems.KeyReused();

        var order = await OrderView.Find(connection, known.Id);
        return TypedResults.Ok(PlacedOrderView.Of(order!, tokens.For(known.Id)));
    }

    // To the microsecond, as PostgreSQL keeps it: a repeat is answered from there, and has to hear the very same instants.
    static DateTimeOffset AsKept(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));

    // Visible ASCII and no longer than an index entry likes; it is stored and logged as it is.
    static bool IsKey(string? key) => key is { Length: > 0 and <= 200 } && key.All(letter => letter is > ' ' and < (char)127);

    // The tax was reckoned for a place; a parcel that goes elsewhere would carry the wrong one.
    static bool IsSamePlace(Destination destination, AddressRequest address) =>
        Same(destination.Country, CountryOf(address))
        && (destination.Region is null || Same(destination.Region, address.Region))
        && (destination.PostalCode is null || Same(destination.PostalCode, address.PostalCode));

    static bool Same(string a, string? b) =>
        string.Equals(a.Replace(" ", ""), b?.Replace(" ", ""), StringComparison.OrdinalIgnoreCase);

    static Address AddressOf(AddressRequest address) => new(
        address.Name.Trim(), address.Line1.Trim(), string.IsNullOrWhiteSpace(address.Line2) ? null : address.Line2.Trim(),
        address.City.Trim(), address.Region?.Trim(), address.PostalCode.Trim(), CountryOf(address));

    // As everywhere, UK is another name of GB; it must not make another address of one door either.
    static string CountryOf(AddressRequest address) => MarketCode.Normalize(address.Country) ?? address.Country.ToUpperInvariant();
}

/// <summary>How units are given to orders.</summary>
public sealed class ReservationOptions
{
    /// <summary>How many may wait for a market's lane before the next is told to come back; 4,096 unless set otherwise.</summary>
    [Range(1, 65_536)]
    public int MaxWaiting { get; set; } = 4_096;

    /// <summary>How long units are held for an order that is not paid yet, in seconds.</summary>
    /// <summary>Ten minutes unless set otherwise; at most a day.</summary>
    [Range(1, 86_400)]
    public int HoldSeconds { get; set; } = 600;
}
