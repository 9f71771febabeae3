using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Alerts;

/// <summary>Settings of alerts (configuration section <c>Registry:Alerts</c>).</summary>
public sealed record AlertOptions
{
    /// <summary>How many records a user may read past her rights within 60 minutes; 10 unless set. 1 to 1,000.</summary>
    [Range(1, 1000)]
    public int GlassPerHour { get; init; } = 10;

    /// <summary>With more readings of one user past her rights in one day (UTC) there is an alert of its own; 5 unless set. 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int GlassPerDay { get; init; } = 5;

    /// <summary>The time in which different records are counted per reader: windows of this length since 1970; an hour unless set. 1 minute to a day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>With more different records shown to one user in a window there is an alert; 1,000 unless set. 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int StaffRecords { get; init; } = 1000;

    /// <summary>The same for a partner; 50,000 unless set. 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int PartnerRecords { get; init; } = 50_000;

    /// <summary>How often new showings are counted; a minute unless set. 1 second to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WatchEvery { get; init; } = TimeSpan.FromMinutes(1);
}

internal static class AlertServices
{
    public static void AddAlerts(IServiceCollection services)
    {
        services
            .AddOptions<AlertOptions>()
            .BindConfiguration("Registry:Alerts")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<AlertOptions>>().Value);
        services.AddSingleton<RaiseAlerts>();
        services.AddSingleton<AlertVault>();
        services.AddSingleton<IAlerts, AlertsPort>();
        services.AddSingleton<IBreakGlass, OpenGlass>();
        services.AddSingleton<ReadingWatch>();
        services.AddHostedService<WatchWorker>();
    }
}
