using Microsoft.AspNetCore.Http;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Sessions;

/// <summary>The cookie that carries a session's token: HttpOnly, SameSite=Strict, and <c>__Host-</c> with Secure where we are reached over https.</summary>
internal sealed class SessionCookie(PublicAddress address)
{
    public const string Name = "social-registry-session";

    private const int TokenLength = 43;

    private readonly bool publicIsHttps = address.Url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    public string? Read(HttpContext context) =>
        context.Request.Cookies[NameFor(context)] is { Length: TokenLength } token ? token : null;

    public void Write(HttpContext context, string token) =>
        context.Response.Cookies.Append(NameFor(context), token, Options(context));

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(NameFor(context), Options(context));

    private bool IsSecure(HttpContext context) => publicIsHttps || context.Request.IsHttps;

    private string NameFor(HttpContext context) => IsSecure(context) ? "__Host-" + Name : Name;

    private CookieOptions Options(HttpContext context) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = IsSecure(context),
            Path = "/",
            IsEssential = true,
        };
}
