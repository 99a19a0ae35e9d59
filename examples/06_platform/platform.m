% octave-cli -fqH platform.m MASS DAMPING STIFFNESS    (kg, N s/mm, N/mm)
%
% A platform on springs and dashpots, at rest, on which 1000 N are suddenly put down at t = 0:
%   mass x'' + damping x' + stiffness x = 1000 N
% Writes record.csv: time in s, deflection in mm, every 10 ms.
arguments = str2double(argv());
if numel(arguments) != 3 || any(! isfinite(arguments))
  error("usage: platform.m MASS DAMPING STIFFNESS, three numbers");
end
mass = arguments(1) / 1000;             % N s2/mm
damping = arguments(2);
stiffness = arguments(3);
force = 1000;

time = (0:0.01:5)';
lsode_options("relative tolerance", 1e-10);
lsode_options("absolute tolerance", 1e-10);
[state, status, message] = lsode( ...
  @(x, t) [x(2); (force - damping * x(2) - stiffness * x(1)) / mass], [0; 0], time);
if status != 2
  error("lsode: %s", message);
end

file = fopen("record.csv", "w");
fprintf(file, "time,deflection\n");
fprintf(file, "%.2f,%.9g\n", [time, state(:, 1)]');
fclose(file);
