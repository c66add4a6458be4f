using System.ComponentModel.DataAnnotations;

namespace MiStore.PaymentSandbox.Webhooks;

/// <summary>Who is told of payments: <c>{Endpoint}/webhooks/payments</c>, signed with the secret.</summary>
public sealed record WebhookOptions : IValidatableObject
{
    /// <summary>Where the merchant lives. Without one, news is kept and nobody is told.</summary>
    public Uri? Endpoint { get; set; }

    public string Secret { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Endpoint is not null && (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https")))
            yield return new("Webhooks:Endpoint must be an http or https address.");
        if (Endpoint is not null && Secret.Length == 0)
            yield return new("Webhooks:Secret is missing: webhooks are signed.");
    }
}
