using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MiStore.ServiceDefaults;

/// <summary>
/// Who may operate the store: a bearer token that each service checks for itself, whatever the gateway let through.
/// </summary>
public static class Operators
{
    public const string Role = "store-operator";

    const string Issuer = "mistore";

    public static void AddOperators(this WebApplicationBuilder builder)
    {
        var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(builder.Configuration.Required("Operators:Key")));
        builder.Services.AddSingleton(key);
        builder.Services.AddAuthentication("Bearer").AddScheme<AuthenticationSchemeOptions, BearerHandler>("Bearer", null);
        builder.Services.AddAuthorizationBuilder().AddPolicy(Role, policy => policy.RequireRole(Role));
    }

    /// <summary>401 without a token, 403 with one of another role.</summary>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(Role);

    /// <summary>Who is calling, for the record of a change.</summary>
    public static string Subject(this ClaimsPrincipal user) => user.FindFirstValue(JwtRegisteredClaimNames.Sub) ?? "unknown";

    public static string Issue(SymmetricSecurityKey key, string role, string subject, DateTimeOffset now, DateTimeOffset expiresAt) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            NotBefore = now.UtcDateTime,
            IssuedAt = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = subject, ["role"] = role },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });

    // The JWT bearer package of ASP.NET Core is not on every feed that we build on; the token library is.
    sealed class BearerHandler(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
        SymmetricSecurityKey key, TimeProvider clock) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

        protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            // Where nobody needs to be an operator, the token is of another kind: that of an order, which its buyer has.
            if (Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null)
                return AuthenticateResult.NoResult();

            if (Request.Headers.Authorization.ToString() is not ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token])
                return AuthenticateResult.NoResult();

            var result = await Tokens.ValidateTokenAsync(token, new TokenValidationParameters
            {
                ValidIssuer = Issuer,
                ValidAudience = Issuer,
                IssuerSigningKey = key,
                // Named, so that a token cannot choose how it is checked.
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                RequireExpirationTime = true,
                LifetimeValidator = (notBefore, expires, _, _) =>
                    clock.GetUtcNow().UtcDateTime is var now && notBefore <= now.AddSeconds(5) && now < expires,
                RoleClaimType = "role",
                NameClaimType = JwtRegisteredClaimNames.Sub,
            });

            return result.IsValid
                ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(result.ClaimsIdentity), Scheme.Name))
                : AuthenticateResult.Fail("The token is not valid.");
        }
    }
}
