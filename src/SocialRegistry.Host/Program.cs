using SocialRegistry.Host.Commands;

return await RegistryCommands.RunAsync(args);
