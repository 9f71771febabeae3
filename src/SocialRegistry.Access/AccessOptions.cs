using System.ComponentModel.DataAnnotations;

namespace SocialRegistry.Access;

/// <summary>Section <c>Access</c> of the configuration. Every setting has a default that suits production.</summary>
public sealed record AccessOptions
{
    /// <summary>Requests a second for each partner and each signed-in account; the bucket holds two seconds' worth. 0: no limit. Default 2,000.</summary>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; init; } = 2_000;

    /// <summary>Requests a second for each address (IPv6: /64) that shows no good token. 0: no limit. Default 2,000.</summary>
    [Range(0, 1_000_000)]
    public int AnonymousRequestsPerSecond { get; init; } = 2_000;

    /// <summary>Refused sign-ins a second at the token endpoint for each address, and for each client and address together; only failures count. Default 10.</summary>
    [Range(1, 1_000)]
    public int TokenFailuresPerSecond { get; init; } = 10;

    /// <summary>How long a partner may be remembered without asking the database; a change in this process counts at once. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan PartnerCache { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A session ends after this long without a request. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "12:00:00")]
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A session ends after this long whatever happens. Default 12 hours.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "24:00:00")]
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Wrong passwords in a row for one user name before it is locked. Default 5.</summary>
    [Range(3, 100)]
    public int UserFailures { get; init; } = 5;

    /// <summary>Wrong passwords in a row from one address before it is locked. Default 50, as an office has one address.</summary>
    [Range(3, 10_000)]
    public int AddressFailures { get; init; } = 50;

    /// <summary>The first lock; each further failure doubles it, up to 32 times this. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LockOut { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Failures are forgotten after this long without another. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "24:00:00")]
    public TimeSpan FailureMemory { get; init; } = TimeSpan.FromHours(1);

    /// <summary>PBKDF2-HMAC-SHA512 rounds of a password hash. Default 210,000.</summary>
    [Range(100_000, 10_000_000)]
    public int PasswordIterations { get; init; } = 210_000;
}
