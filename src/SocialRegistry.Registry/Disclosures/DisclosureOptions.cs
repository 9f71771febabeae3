using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace SocialRegistry.Registry.Disclosures;

/// <summary>Settings of the disclosure log (configuration section <c>Registry:Disclosures</c>).</summary>
public sealed record DisclosureOptions
{
    /// <summary>The organisation that runs the registry, as people read who was shown their data; absent means <see cref="RegistryOptions.Tenant"/>.</summary>
    [MaxLength(200)]
    public string? Institution { get; init; }

    /// <summary>For how many years each showing is kept one by one; 10 unless set, never fewer than 1. What is older stays as counts per reader and month.</summary>
    [Range(1, 100)]
    public int RetentionYears { get; init; } = 10;

    /// <summary>How often old showings are looked for; once a day unless set. 1 minute to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan RetentionEvery { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How many rows may wait to be written in one process; a reading that comes on top is refused (503). 50,000 unless set. 1,000 to 1,000,000.</summary>
    [Range(1_000, 1_000_000)]
    public int MostWaiting { get; init; } = 50_000;

    /// <summary>How long a reading waits for its rows to be on disk before it is refused (503); 10 seconds unless set. 1 second to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(10);
}

internal static class DisclosureServices
{
    public static void AddDisclosures(IServiceCollection services)
    {
        services
            .AddOptions<DisclosureOptions>()
            .BindConfiguration("Registry:Disclosures")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<DisclosureOptions>>().Value);
        services.AddSingleton<DisclosureLog>();
        services.AddSingleton<ReadDisclosures>();
        services.AddSingleton<PruneDisclosures>();
        services.AddHostedService<RetentionWorker>();
    }
}
