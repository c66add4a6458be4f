namespace MiStore.Checkout.Receipts;

/// <summary>The public key that receipts are signed with, as a JSON Web Key Set (RFC 7517).</summary>
public static class GetReceiptKeys
{
    public sealed record Answer(IReadOnlyList<PublicKey> Keys);

    public static void MapGetReceiptKeys(this RouteGroupBuilder batches) => batches
        .MapGet("/receipt-keys", Handle)
        .WithName(nameof(GetReceiptKeys))
        .WithSummary("Read the key that receipts are signed with");

    static Answer Handle(HttpContext http, ReceiptKey key)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return new Answer([key.Public]);
    }
}
