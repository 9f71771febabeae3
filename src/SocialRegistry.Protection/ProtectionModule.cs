using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SocialRegistry.Protection;

/// <summary>The one door of this module.</summary>
public static class ProtectionModule
{
    /// <summary>
    /// Registers <see cref="KeyStoreOptions"/> (configuration section <c>Keys</c>, then <paramref name="configure"/>), the key ring and
    /// record protection. Neither touches a file before its first use; call <see cref="FileKeyRing.SelfTest"/> when the server starts.
    /// </summary>
    public static IServiceCollection AddProtection(
        this IServiceCollection services,
        Action<KeyStoreOptions>? configure = null
    )
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider =>
        {
            var configuration = provider.GetService<IConfiguration>();
            var options = new KeyStoreOptions { PublicUrl = configuration?["PublicUrl"] };
            configuration?.GetSection("Keys").Bind(options);
            if (string.IsNullOrWhiteSpace(options.Path))
            {
                options.Path = new KeyStoreOptions().Path;
            }

            configure?.Invoke(options);
            return options;
        });
        services.TryAddSingleton<FileKeyRing>();
        services.TryAddSingleton<IKeyRing>(provider => provider.GetRequiredService<FileKeyRing>());
        services.TryAddSingleton<IRecordProtection>(provider =>
        {
            var ring = provider.GetRequiredService<FileKeyRing>();
            return new RecordProtection(() => ring.RecordKeys);
        });
        return services;
    }
}
