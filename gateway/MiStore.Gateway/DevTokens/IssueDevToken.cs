using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Tokens;
using MiStore.ServiceDefaults;

namespace MiStore.Gateway.DevTokens;

/// <summary>A developer becomes an operator, or anybody else, for a working day. In production the call does not exist.</summary>
public static class IssueDevToken
{
    static readonly TimeSpan WorkingDay = TimeSpan.FromHours(8);

    /// <param name="Role">store-operator, or another word of at most 40 characters to see what is refused to it.</param>
    /// <param name="Subject">Who it is for, at most 100 characters; the record of every change names it.</param>
    public sealed record Request(string Role, string Subject);

    /// <param name="AccessToken">To be sent as <c>Authorization: Bearer …</c>.</param>
    public sealed record Answer(string AccessToken, DateTimeOffset ExpiresAt);

    public static void AddDevTokens(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
            builder.Services.AddSingleton(
                new SymmetricSecurityKey(Encoding.UTF8.GetBytes(builder.Configuration.Required("Operators:Key"))));
    }

    public static void MapDevTokens(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
            app.MapPost("/api/dev/token", Handle)
                .WithName(nameof(IssueDevToken))
                .WithTags("Development")
                .WithSummary("Become an operator, in development only")
                .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    static Results<Ok<Answer>, ProblemHttpResult> Handle(Request request, SymmetricSecurityKey key, TimeProvider clock)
    {
        if (!IsWord(request.Role))
            return Problems.MalformedRequest("The role must be one word of at most 40 letters, digits and dashes.");
        if (!IsName(request.Subject))
            return Problems.MalformedRequest("The subject must be 1 to 100 characters that can be read.");

        var now = clock.GetUtcNow();
        var expiresAt = now + WorkingDay;
        return TypedResults.Ok(new Answer(Operators.Issue(key, request.Role, request.Subject, now, expiresAt), expiresAt));
    }

    static bool IsWord(string role) =>
        role is { Length: >= 1 and <= 40 } && role.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    static bool IsName(string subject) =>
        subject.Length <= 100 && !string.IsNullOrWhiteSpace(subject) && !subject.Any(char.IsControl);
}
