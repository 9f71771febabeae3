using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace SocialRegistry.Access.Accounts;

/// <summary>Hashes passwords as ASP.NET Core Identity does (PBKDF2-HMAC-SHA512). At most one check per processor runs at a time.</summary>
internal sealed class Passwords(IOptions<AccessOptions> options) : IDisposable
{
    public const int MinLength = 12;
    public const int MaxLength = 256;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly PasswordHasher<object> hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations })
    );
    private readonly SemaphoreSlim free = new(Environment.ProcessorCount);
    private string? nobody;

    public string Hash(string password) => hasher.HashPassword(this, password);

    /// <summary>A password to be used once.</summary>
    public (string Password, string Hash) MakeOneTime()
    {
        var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
        return (password, Hash(password));
    }

    public bool Matches(string hash, string password) =>
        hasher.VerifyHashedPassword(this, hash, password) != PasswordVerificationResult.Failed;

    /// <summary>Checks a password at sign-in. Without an account it takes as long and says no. <c>null</c>: too many others are signing in, try again.</summary>
    public async Task<bool?> CheckAsync(string? hash, string password, CancellationToken cancellationToken)
    {
        if (!await free.WaitAsync(LongestWait, cancellationToken))
        {
            return null;
        }

        try
        {
            return await Task.Run(
                () => Matches(hash ?? (nobody ??= Hash("nobody's password")), password) && hash is not null,
                cancellationToken
            );
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose() => free.Dispose();
}
