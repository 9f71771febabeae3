// The start-up project of dotnet-ef: never shipped. See docs/migrations.md for the commands.
// Each module brings its own design-time factories in Persistence/DesignTime.cs.
return 0;
