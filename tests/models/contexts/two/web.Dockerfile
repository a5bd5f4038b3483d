FROM scratch
COPY two /
